"""Texts on a pixel's arithmetic; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "work_title": "The arithmetic of this pixel",
        "work_lead": "The cell at {cell} of layer {layer} asks {keys} keys with its query.",
        "work_lead_head": (
            "The cell at {cell} of layer {layer}, head {head} of {heads}: its query asks {keys} keys."
        ),
        "work_mean": (
            "In view is the mean of {heads} heads, of which each does its own arithmetic. Their weights for "
            "the cell at {key}, which the mean looks at most:"
        ),
        "work_all": "all",
        "work_query": "query q",
        "work_best": "best score",
        "work_score": "score",
        "work_softmax": "softmax",
        "work_summed": "weighted sum s",
        "work_added": "added",
        "work_key": "key",
        "work_product": "q·k",
        "work_exponential": "e^score",
        "work_weight": "weight",
        "work_length": "adds",
        "work_rest": "{count} others",
    },
    "zh-CN": {
        "work_title": "这个像素的算式",
        "work_lead": "{layer}层的格子 {cell} 用它的查询向量询问 {keys} 个键。",
        "work_lead_head": (
            "{layer}层的格子 {cell}，第 {head} 头（共 {heads} 头）：它的查询向量询问 {keys} 个键。"
        ),
        "work_mean": (
            "现在看的是 {heads} 个头的平均，每个头各有自己的算式。对平均看得最多的格子 {key}，它们的权重为："
        ),
        "work_all": "总和",
        "work_query": "查询 q",
        "work_best": "最高得分",
        "work_score": "得分",
        "work_softmax": "softmax",
        "work_summed": "加权和 s",
        "work_added": "加入的量",
        "work_key": "键",
        "work_product": "q·k",
        "work_exponential": "e^得分",
        "work_weight": "权重",
        "work_length": "加入",
        "work_rest": "其余 {count} 个",
    },
}
