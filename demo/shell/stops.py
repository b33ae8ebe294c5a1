"""The stops of the Learn door: what each sets on the stage, as the query of an address."""

from demo import shelf
from demo.shelf import Shelved


def stops_of(model: Shelved) -> list[dict[str, str]]:
    """The stops that a model can show, in order: each its `name` in demo.words.learn, and its `query`.

    A model without attention has none.
    """
    if not model.attention:
        return []
    size = getattr(model.config, "image_size", 32)
    layer, steps = model.attention[-1], shelf.steps_of(model.key)
    bare = f"model={model.key}&seed=0&picture=1&layer={layer}"
    at = f"{bare}&pixel={size // 2},{9 * size // 16}"
    off = "_".join(f"{name}*g0" for name in model.attention)
    views = {
        "noise": f"{bare}&head=mean&mode=looks",
        "look": f"{at}&head=mean&mode=looks",
        "heads": f"{at}&head=1&mode=looks",
        "seen": f"{at}&head=mean&mode=seen",
        "time": f"{at}&head=mean&mode=looks&step={steps[0]}" if steps else "",
        "off": f"{bare}&head=mean&mode=looks&edit={off}",
        "judge": f"{at}&head=mean&mode=looks",
        "yours": f"{at}&head=mean&mode=looks",
    }
    return [{"name": name, "query": query} for name, query in views.items() if query]
