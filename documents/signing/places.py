"""Where signing keeps its files: the test authority's keys, and in `trust/` whom we trust. Imports nothing heavy."""

from pathlib import Path

from states.settings import Settings

CERTIFICATES, LISTS = (".pem", ".crt", ".cer", ".der"), (".crl",)


def folder(settings: Settings) -> Path:
    """The folder of this machine."""
    return (settings.signing or settings.home / "signing").expanduser()


def files(settings: Settings, endings: tuple[str, ...]) -> list[Path]:
    """Files of these endings in the folder of whom we trust, in the order of their names."""
    trust = folder(settings) / "trust"
    return sorted(path for path in trust.glob("*") if path.suffix.lower() in endings) if trust.is_dir() else []


def only_samples(settings: Settings) -> bool:
    """Whether no real authority is trusted here, so that all signatures are samples."""
    return not files(settings, CERTIFICATES)
