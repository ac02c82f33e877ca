"""The passphrase of the test certificates that the demo issues: in this one place, for it is no secret."""

SAMPLE_PASSPHRASE = "chu-ky-mau"
