"""Names of files and folders: how they are ordered, and which of them belong to no picture."""

import re
import unicodedata
from pathlib import PurePosixPath

# What systems and programs put beside pictures by themselves, in small letters.
_HIDDEN = {
    "@eadir",  # Synology
    "@tmp",
    "#recycle",
    "#snapshot",
    "@recycle",  # QNAP
    "@recently-snapshot",
    "@__thumb",
    "@transcode",
    "$recycle.bin",  # Windows
    "recycler",
    "system volume information",
    "thumbs.db",
    "thumbs.db:encryptable",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "picasa.ini",
    "icon\r",  # macOS
    "network trash folder",
    "temporary items",
    "lost+found",  # Linux
    "__pycache__",
}
_THUMBNAILS = {"thumbnails", "_thumbs", "_thumbnails", "_thumb", "_vti_cnf"}

# Suffixes of files that are no pictures, whatever they hold: those need not be opened.
_SUFFIXES = (
    "txt text md rst rtf nfo log tex bib srt vtt eml doc docx odt xls xlsx ods ppt pptx pdf "
    "csv tsv json jsonl ndjson xml yaml yml toml ini cfg conf htm html css js mjs "
    "py pyc ipynb sh bat ps1 cpp java lua php exe dll so msi jar apk dmg iso lock lnk url webloc torrent "
    "db sqlite sqlite3 parquet arrow feather h5 hdf5 mat pkl pickle pt pth ckpt onnx safetensors "
    "tfrecord lmdb mdb xmp aae mp3 wav ogg flac m4a mp4 mov avi mkv webm m4v wmv lrv "
    "rar 7z tar gz tgz bz2 xz zst md5 sha1 sha256"
)
_NO_PICTURES = {f".{suffix}" for suffix in _SUFFIXES.split()}
_SETS = {".zip": "a zip", ".npz": "a .npz", ".npy": "a .npy"}


def natural(name: str) -> tuple[object, ...]:
    """A key that sorts names as people do: "img9" before "img10", capitals beside small letters."""
    pieces = re.split(r"([0-9]+)", unicodedata.normalize("NFKC", name).casefold())
    digits = [piece.lstrip("0") for piece in pieces[1::2]]
    pieces[1::2] = [f"{len(piece):09}{piece}" for piece in digits]  # the longer number is the larger one
    return (tuple(pieces), name)


def hidden(path: PurePosixPath) -> bool:
    """True for what systems put beside pictures by themselves."""
    folded = [part.casefold() for part in path.parts]
    return any(part.startswith((".", "__macosx")) or part in _HIDDEN for part in folded)


def thumbnail(path: PurePosixPath) -> bool:
    """True for what lies in a folder of small copies, as programs keep them beside the pictures."""
    return any(part.casefold() in _THUMBNAILS for part in path.parts[:-1])


def no_picture(path: PurePosixPath) -> str | None:
    """Why a file cannot be a picture, by its name alone; None for all that may be one."""
    suffix = path.suffix.lower()
    if suffix in _SETS:
        return f"{_SETS[suffix]} among other files: give it alone"
    return "not a picture" if suffix in _NO_PICTURES else None
