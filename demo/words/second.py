"""Texts of a second picture beside the one in view; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "second_point": "Point at either picture, and both show where they look.",
        "second_other": "The other picture; it follows the same pointer and keys",
        "second_layer": "layer {layer}, most {most}",
        "second_no_map": "It has no map here: it was trained without attention.",
    },
    "zh-CN": {
        "second_point": "指向任一张图片，两张都会显示它看向哪里。",
        "second_other": "另一张图片；跟随同样的指针和按键",
        "second_layer": "{layer}层，最大 {most}",
        "second_no_map": "它在这里没有注意力图：训练时没有注意力。",
    },
}
