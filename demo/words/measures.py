"""The measures of a model on the page: names and meanings of attngan.vocabulary, and the same in Chinese."""

from attngan.vocabulary import MEASURES

_CHINESE: dict[str, tuple[str, str]] = {
    "fd": (
        "FD",
        "弗雷歇距离：在我们自己的小型特征网络看来，生成的图片离真实图片有多远。"
        "真实图片彼此相比接近 0，图片少时偏高。",
    ),
    "kd": ("KD", "核距离：与 FD 问的相同，但对少量图片公平。真实图片彼此相比为 0；略低于 0 属于偶然。"),
    "precision": ("精确率", "生成的图片中像某张真实图片的比例。真实图片彼此相比略低于 1。"),
    "recall": ("召回率", "真实图片中像某张生成图片的比例，即多样性。真实图片彼此相比略低于 1。"),
    "coverage": (
        "覆盖率",
        "附近有生成图片的真实图片的比例，即多样性，不受个别异常影响。真实图片彼此相比略低于 1。",
    ),
    "memorisation": (
        "新颖度",
        "到最近的训练图片的距离，除以训练图片彼此间的距离。"
        "0 是照抄，1 与训练图片彼此间一样新，远大于 1 则不像其中任何一张。",
    ),
    "variety": ("多样性", "生成图片彼此间的平均距离，除以真实图片彼此间的平均距离。0 表示总是同一张图片。"),
    "agreement": (
        "一致率",
        "两个相距很远的形状在颜色和种类上都一致的图片比例，精确计数。真实图片为 1，左右随机配对为 0.04。",
    ),
    "mirror": ("镜像率", "与镜像格子一致的格子比例，精确计数。真实图片为 1，左右随机配对为 0.5。"),
}

WORDS: dict[str, dict[str, str]] = {
    "en": {f"measure_{key}": MEASURES[key].title for key in _CHINESE}
    | {f"explain_measure_{key}": MEASURES[key].meaning for key in _CHINESE},
    "zh-CN": {f"measure_{key}": f"{name} {MEASURES[key].better}" for key, (name, _) in _CHINESE.items()}
    | {f"explain_measure_{key}": meaning for key, (_, meaning) in _CHINESE.items()},
}
