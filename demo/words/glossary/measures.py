"""Worked examples of the measures, whose names and meanings are those of demo.words.measures."""

from demo.words.measures import WORDS as MEANINGS

EXAMPLES: dict[str, dict[str, str]] = {
    "en": {
        "fd": "middles at [0.5] and [0.5], as wide: 0\nmiddles at [0.1] and [0.9]: far",
        "kd": "real [0.5], fake [0.5]: 0\nreal [0.1], fake [0.9]: large",
        "precision": "two fake, one of them like a real one: [1] [0] → 0.5",
        "recall": "two real, both of them like a fake one: [1] [1] → 1",
        "coverage": "two real, a fake one near one of them: [1] [0] → 0.5",
        "memorisation": "real [0.3], fake [0.3]: 0, a copy",
        "variety": "real [0.1] [0.9], fake [0.3] [0.7]: half as far apart, 0.5",
        "agreement": "[0.9] [0.9] agree\n[0.9] [0.2] do not",
        "mirror": "left [0.9], right [0.9]: mirrored\nleft [0.9], right [0.2]: not",
    },
    "zh-CN": {
        "fd": "中心在 [0.5] 与 [0.5]，一样宽：0\n中心在 [0.1] 与 [0.9]：很远",
        "kd": "真 [0.5]，假 [0.5]：0\n真 [0.1]，假 [0.9]：很大",
        "precision": "两张假的，其中一张像真的：[1] [0] → 0.5",
        "recall": "两张真的，都像某张假的：[1] [1] → 1",
        "coverage": "两张真的，其中一张附近有假的：[1] [0] → 0.5",
        "memorisation": "真 [0.3]，假 [0.3]：0，照抄",
        "variety": "真 [0.1] [0.9]，假 [0.3] [0.7]：差别是一半，0.5",
        "agreement": "[0.9] [0.9] 一致\n[0.9] [0.2] 不一致",
        "mirror": "左 [0.9]，右 [0.9]：对称\n左 [0.9]，右 [0.2]：不对称",
    },
}
KEYS = [f"explain_measure_{key}" for key in EXAMPLES["en"]]
WORDS: dict[str, dict[str, str]] = {
    language: {f"explain_measure_{key}_example": example for key, example in examples.items()}
    | {f"explain_measure_{key}_name": MEANINGS[language][f"measure_{key}"] for key in examples}
    for language, examples in EXAMPLES.items()
}
