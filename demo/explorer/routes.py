"""Routes of the explorer: frames that the canvas fetches and paints, answers in numbers, files to keep.

Under /gradio_api/attngan/, where <model> is a key of demo.shelf:

    frame/<model>?seed=0&count=16&label=3    sampled on request; label is a class or, for a model that reads
                                             one, a text; &truncation=0.7 scales the noise, &edit=16*g0
                                             changes the attention
    way/<model>?seed=3&last=5                one frame from a sample to another
    step/<model>/<step>                      kept by a training, or a bundled timeline
    judged/<model>?seed=3&edit=16*g0         a frame of this picture with the discriminator's attention;
                                             POST a picture's file to judge that one
    real/<model>?seed=3&label=2&number=3     the same of a training picture, with the score of this one
    truth/<model>?layer=16                   attngan.explain.faithfulness, as JSON
    nearest/<model>?seed=3                   nearest training pictures, as JSON
    facts/<model>?seed=3                     explain.facts as JSON
    arithmetic/<model>?seed=3&edit=&layer=16&head=0&query=7      explain.arithmetic, as JSON
    npz/<model>?seed=3&edit=16*g0            the attention as numbers
    figure/<model>?seed=3&kind=svg&pixel=12,20&mode=seen    picture, map and both, or kind=pdf; with word=2
                                             in place of pixel and mode, who looks at that word
    thumbnail/<model>                        a PNG of its first sample
    zip/<model>                              the model to take home: attngan.model.export
    study                                    the attention study as text
    page/<model>?seed=3&count=16&language=en    a page that hovers without a network;
                                                &opening=pixel%3D12%2C20 opens it so
    film/<model>?what=time&kind=gif&picture=3   a training, pictures counted from 0
    film/<model>?what=loop&kind=gif&seed=3      a pixel around the picture, for ten seconds
    film/<model>?what=way&kind=webp&seed=3&last=5
                                             films take pixel=12,20, layer=16 and head=0 for the map on top

An error is one sentence of plain text, or "problem" in JSON.
"""

from typing import Any

from starlette.routing import Route

from attngan.errors import AttnGanError, shown
from demo import shelf, web
from demo.explorer import answers, discriminator, experiments, keepsakes, study, thumbnails
from demo.explorer.answers import HeadQuery
from demo.explorer.keepsakes import Shot
from demo.explorer.studio import Selection, Studio
from demo.shelf import Shelved
from demo.web import Query

MOST_UPLOADED = 20 * 1024 * 1024  # bytes of a picture to be judged
MOST_STEP = 10**15


def routes(studio: Studio) -> list[Route]:
    """What launch() passes on as a part of app_kwargs={"routes": ...}."""

    def frame(query: Query) -> bytes:
        (shelved, selection), edit = asked_of(query), query.text("edit")
        return studio.edited(shelved, selection, edit) if edit else studio.frame(shelved, selection)

    def way(query: Query) -> bytes:
        return experiments.way(studio, *asked_of(query), query.whole("last"), query.text("edit"))

    def judged(query: Query) -> bytes:
        return discriminator.judged_frame(studio, *_single(query), query.text("edit"))

    def judged_upload(query: Query, file: bytes) -> bytes:
        return discriminator.judged_frame(studio, *_single(query), file=file)

    def real(query: Query) -> bytes:
        number = web.whole_below(2**31, query.text("number")) or 0
        return discriminator.real_frame(studio, *_single(query), query.text("edit"), number)

    def truth(query: Query) -> dict[str, Any]:
        return experiments.truth(studio, model_of(query), query.text("layer"))

    def nearest(query: Query) -> dict[str, Any]:
        return experiments.nearest(studio, *asked_of(query))

    def facts(query: Query) -> dict[str, Any]:
        return answers.facts_of(studio, *_single(query))

    def arithmetic(query: Query) -> dict[str, Any]:
        return answers.arithmetic_of(studio, *_single(query), query.text("edit"), _place(query))

    def npz(query: Query) -> tuple[bytes, str]:
        return keepsakes.numbers(studio, *asked_of(query), query.text("edit")), "application/octet-stream"

    def figure(query: Query) -> tuple[bytes, str]:
        kind, mode = query.text("kind", "svg"), query.text("mode", "looks")
        found = keepsakes.figure(studio, *asked_of(query), query.text("edit"), _shot(query), mode, kind)
        return found, keepsakes.FIGURES[kind]

    def small(query: Query) -> tuple[bytes, str]:
        return thumbnails.thumbnail(studio, model_of(query)), "image/png"

    def model_zip(query: Query) -> tuple[bytes, str]:
        return keepsakes.take_home(model_of(query)), "application/zip"

    def page(query: Query) -> tuple[str, str]:
        shelved, selection = asked_of(query)
        given = (query.text(name) for name in ("edit", "language", "opening"))
        # not text/html: shown from this address it would run under the page's own rules, which are stricter
        return keepsakes.page(studio, shelved, selection, *given), "application/octet-stream"

    def film(query: Query) -> tuple[bytes, str]:
        kind, what = query.text("kind", "gif"), query.text("what", "time")
        edit, shot = query.text("edit"), _shot(query)
        if what == "way":
            film = keepsakes.way_film(studio, *asked_of(query), query.whole("last"), edit, shot, kind)
        elif what == "loop":
            mode = query.text("mode", "looks")
            film = keepsakes.loop_film(studio, *asked_of(query), edit, shot, mode, kind)
        elif what != "time":
            raise AttnGanError(f"A film is of the time, a loop or a way, not {shown(what, 40)}.")
        else:
            film = keepsakes.time_film(studio, model_of(query), query.whole("picture"), shot, kind)
        return film, keepsakes.FILMS[kind]

    return [
        web.get("frame/{model}", web.frame(frame)),
        web.get("way/{model}", web.frame(way)),
        web.get("step/{model}/{step}", web.frame(step)),
        web.get("judged/{model}", web.frame(judged, web.sentence)),
        web.get("real/{model}", web.frame(real, web.sentence)),
        web.post("judged/{model}", web.frame_of_upload(judged_upload, MOST_UPLOADED)),
        web.get("truth/{model}", web.document(truth)),
        web.get("nearest/{model}", web.document(nearest)),
        web.get("facts/{model}", web.document(facts)),
        web.get("arithmetic/{model}", web.document(arithmetic)),
        web.get("npz/{model}", web.file(npz)),
        web.get("figure/{model}", web.file(figure)),
        web.get("thumbnail/{model}", web.file(small)),
        web.get("zip/{model}", web.file(model_zip)),
        web.get("study", web.file(lambda _: (study.DOCUMENT.read_bytes(), "text/plain"))),
        web.get("page/{model}", web.file(page)),
        web.get("film/{model}", web.file(film)),
    ]


def step(query: Query) -> bytes:
    """The frame kept of a step; raises AttnGanError where there is none, or none any more."""
    number = web.whole_below(MOST_STEP, query.part("step"))
    if number is None:
        raise AttnGanError("A step is a whole number from 0 on.")
    path = shelf.stored_frame(query.part("model"), number)
    try:
        return path.read_bytes()
    except OSError:
        raise AttnGanError("This frame has just been removed.") from None


def model_of(query: Query) -> Shelved:
    """The model that the path names; raises AttnGanError."""
    return shelf.take(query.part("model"))


def asked_of(query: Query) -> tuple[Shelved, Selection]:
    """The model that the path names, and what the query asks it for; raises AttnGanError."""
    shelved = model_of(query)
    label = query.text("label") or None if shelved.worded else query.whole_or_none("label")
    numbers = query.whole("seed"), query.whole("count", 1)
    return shelved, Selection(*numbers, label, query.number("truncation", 1))


def _single(query: Query) -> tuple[Shelved, Selection]:
    """Model and picture that a query asks for, which must be one picture alone."""
    shelved, selection = asked_of(query)
    selection.checked(shelved)
    if selection.count != 1:
        raise AttnGanError(f"This is told of one picture at a time: count must be 1, not {selection.count}.")
    return shelved, selection


def _place(query: Query) -> HeadQuery:
    """The layer, head and query that an address names."""
    head, cell = (web.whole_below(2**15, query.text(name)) for name in ("head", "query"))
    return HeadQuery(query.text("layer"), head, cell)


def _shot(query: Query) -> Shot:
    """The map over the pictures; raises AttnGanError for what is no pixel or head."""
    column, _, row = query.text("pixel").partition(",")
    pixel = (web.whole_in("pixel", column), web.whole_in("pixel", row)) if column else None
    numbers = (query.whole_or_none(name) for name in ("head", "word"))
    return Shot(pixel, query.text("layer") or None, *numbers)
