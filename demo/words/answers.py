"""Texts on a pixel's arithmetic, on what attention does, on the discriminator; {names} are filled in."""

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
        "know_title": "Does attention matter here?",
        "know_unused": (
            "Attention is hardly used in this picture: without it, {moved} of the pixels move visibly."
        ),
        "know_mostly": "Attention moves {moved} of this picture's pixels, mostly at the {region} ({share}).",
        "know_everywhere": "Attention moves {moved} of this picture's pixels, in all of its regions.",
        "know_layer": "Layer {layer} does most.",
        "know_gate": "gate",
        "know_spread": "spread",
        "know_distance": "distance",
        "know_moved": "moves",
        "know_pixels": "{pixels} px",
        "know_even": "if even",
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
        "know_title": "注意力在这里有用吗？",
        "know_unused": "这张图片几乎没有用到注意力：去掉它，只有 {moved} 的像素有可见变化。",
        "know_mostly": "注意力改变了这张图片 {moved} 的像素，主要在{region}（{share}）。",
        "know_everywhere": "注意力改变了这张图片 {moved} 的像素，遍布各处。",
        "know_layer": "{layer}层作用最大。",
        "know_gate": "门控",
        "know_spread": "分散度",
        "know_distance": "距离",
        "know_moved": "改变",
        "know_pixels": "{pixels} 像素",
        "know_even": "均匀时",
    },
}
