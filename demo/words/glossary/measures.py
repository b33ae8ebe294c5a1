"""Worked examples of the measures, whose names and meanings are those of demo.words.measures."""

from attngan.vocabulary import MEASURES
from demo.words.measures import WORDS as MEANINGS

_TOLD: dict[str, dict[str, str]] = {
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
        "all_facts": "two pictures, in one all is as its caption says: [1] [0] → 0.5",
        "exact": "of two texts one is right, in the other a character is wrong: [1] [0] → 0.5",
        "exact_held_out": "of two new texts one is right, in the other a character is wrong: [1] [0] → 0.5",
        "alignment": "3.5. is read, looked at [3:0.1] [5:0.9], written 05: it comes from the 5, counted",
        "blocked_true_span": "3.5. is read, the 5 blocked [3:1] [5:0], written 08, not 05: one is right, 0.5",
        "blocked_others": "3.5. is read, the 3 blocked [3:0] [5:1], written 05: both are right, 1",
        "all_one": "asked for one red star; colour [1], shape [0]: the picture is not right",
        "all_two": "asked for two; the first [1], the second [0]: the picture is not right",
        "held_out_one": "a blue star was never learnt; in the picture blue [1], star [1]: it is right",
        "held_out_two": "a pair that was learnt [1], a new pair [0]: the picture is not right",
        "swap_obeyed": "red for blue in two captions, one picture obeys: [1] [0] → 0.5",
        "swap_outside": "before [0.9] [0.2], after [0.3] [0.2]: outside the first, nothing, 0",
        "iou_uniform": "a thing in a quarter of the cells [1] [0] [0] [0]: by chance 0.14",
        "iou_centre": "the middle [0] [1] [0], a thing [1] [1] [0]: one of two in both, 0.5",
        "iou": "found [1] [1] [0], thing [0] [1] [1]: one of three cells in both, 0.33",
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
        "all_facts": "两张图片，其中一张全如说明文字所说：[1] [0] → 0.5",
        "exact": "两段文字，一段正确，另一段错了一个字符：[1] [0] → 0.5",
        "exact_held_out": "两段新文字，一段正确，另一段错了一个字符：[1] [0] → 0.5",
        "alignment": "读 3.5.，看 [3:0.1] [5:0.9]，写 05：来自 5，计入",
        "blocked_true_span": "读 3.5.，遮住 5：[3:1] [5:0]，写 08，不是 05：两个中对一个，0.5",
        "blocked_others": "读 3.5.，遮住 3：[3:0] [5:1]，写 05：两个都对，1",
        "all_one": "要一颗红星；颜色 [1]，形状 [0]：这张图片不算对",
        "all_two": "要两个；第一个 [1]，第二个 [0]：这张图片不算对",
        "held_out_one": "从没学过蓝星；图片中蓝 [1]，星 [1]：这张图片算对",
        "held_out_two": "学过的组合 [1]，新的组合 [0]：这张图片不算对",
        "swap_obeyed": "两段说明文字里红换成蓝，一张图片听从：[1] [0] → 0.5",
        "swap_outside": "之前 [0.9] [0.2]，之后 [0.3] [0.2]：第一格以外没变，0",
        "iou_uniform": "物体占四分之一的格子 [1] [0] [0] [0]：随机得 0.14",
        "iou_centre": "中央 [0] [1] [0]，物体 [1] [1] [0]：两格中一格重合，0.5",
        "iou": "找到 [1] [1] [0]，物体 [0] [1] [1]：三格中一格重合，0.33",
    },
}
# One tells of all of these: how far what a word found and what it should find overlap.
_ALIKE = [key for key in MEASURES if key.startswith("iou_") and key not in _TOLD["en"]]
EXAMPLES = {
    language: {key: example for key, example in told.items() if key != "iou"}
    | dict.fromkeys(_ALIKE, told["iou"])
    for language, told in _TOLD.items()
}
KEYS = [f"explain_measure_{key}" for key in EXAMPLES["en"] if key not in _ALIKE[1:]]
WORDS: dict[str, dict[str, str]] = {
    language: {f"explain_measure_{key}_example": example for key, example in examples.items()}
    | {f"explain_measure_{key}_name": MEANINGS[language][f"measure_{key}"] for key in examples}
    for language, examples in EXAMPLES.items()
}
