"""A file that came with a form: read whole and closed, before anything may refuse the form."""

from starlette.datastructures import FormData, UploadFile


def sent_file(form: FormData, name: str = "file") -> bytes:
    """Its bytes; none where no file was chosen."""
    file = form.get(name)
    if not isinstance(file, UploadFile):
        return b""
    with file.file:
        return file.file.read() if file.filename else b""
