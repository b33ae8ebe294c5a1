"""The page: its tabs, and how it is launched."""

import os
import threading
from typing import Any

import gradio as gr

from attngan.tuning import DEVICE
from demo import connections, explorer, fromhub, markup, mistakes, safety, shell, theme, train, web
from demo.canvas.routes import routes as canvas_routes
from demo.explorer import api
from demo.explorer.own import OwnRuns, connect
from demo.explorer.routes import routes as explorer_routes
from demo.explorer.studio import the_studio
from demo.jobs import jobs_in, keeping, runs_folder
from demo.jobs.place import is_lent
from demo.jobs.request import COMMAND
from demo.own import RAW
from demo.train.routes import routes as train_routes
from demo.uploads.folder import uploads_folder
from demo.words import word


def build_app() -> gr.Blocks:
    """The whole page."""
    if is_lent():
        os.environ.setdefault(DEVICE, "cpu")  # the accelerator is there in shifts alone (demo.jobs.lent)
    else:  # on a hosted Space gradio reloads code, and calls tools by other names
        os.environ.pop("SYSTEM", None)
    uploads_folder()  # first: components note where gradio keeps its files
    fromhub.bring()
    page = gr.Blocks(title="attngan", analytics_enabled=False, delete_cache=(3600, 3600))
    keeping.start(runs_folder())
    jobs = jobs_in(runs_folder())
    with page:
        shell.header()
        with gr.Tabs(elem_id="page-tabs", selected="explore"):
            with gr.Tab(word("shell_train"), id="train", elem_id="page-train", render_children=True):
                room = gr.Column(elem_id="train-door")
            with gr.Tab(word("shell_explore"), id="explore", elem_id="page-explore"):
                learnt = gr.Column(elem_id="learn-door")
                shown = explorer.build(page)
                do = OwnRuns(jobs, the_studio())
                shown.model.change(
                    do.show, [shown.model], [shown.own.row, shown.own.name, shown.own.note], **RAW
                )
        with learnt:
            shell.learn(shown)
        web.offer(api.endpoints(the_studio()))  # for agents, too, what only reads comes first
        with room:
            panel, watched = train.build(page, jobs, shown)
            connect(shown.own, shown.model, shown, panel, do)
            connect(watched, panel, shown, panel, do)
    page.space_id = None  # else gradio asks another host of the Space, and shows its header over this one
    return page


def launch(page: gr.Blocks, **settings: Any) -> Any:
    """Serve the page, safely for strangers; `settings` override what launch() is given."""
    safety.refuse_bombs()
    mistakes.watch_gradio()
    markup.mend()
    mistakes.bound_logs()
    connections.bound_connections()
    studio, jobs = the_studio(), jobs_in(runs_folder())

    def warm_up() -> None:
        studio.warm_up()
        jobs.backend.prepare(COMMAND)

    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    given = safety.launch_settings() | {
        "server_name": os.environ.get("GRADIO_SERVER_NAME")
        or ("0.0.0.0" if "SPACE_ID" in os.environ else "127.0.0.1"),
        "theme": theme.theme(),
        "css": theme.css() + train.style(),
        "js": theme.js(),
        "i18n": word,
        "footer_links": ["settings", "api"],
    }
    more = [*canvas_routes(), *explorer_routes(studio), *train_routes(jobs)]
    given["app_kwargs"] = given["app_kwargs"] | {"routes": more}
    return page.launch(**given | settings)
