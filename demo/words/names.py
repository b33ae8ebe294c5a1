"""What the bundled models, and the data that they learnt from, are called."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "name_dates": "dates",
        "name_digits": "digits",
        "name_emoji": "emoji",
        "name_faces": "faces",
        "name_letters": "letters",
        "name_notes": "notes",
        "name_numbers": "numbers",
        "name_scenes": "scenes",
        "name_twins": "twins",
        "name_twins-with-attention": "twins with attention",
        "name_twins-without-attention": "twins without attention",
    },
    "zh-CN": {
        "name_dates": "日期",
        "name_digits": "手写数字",
        "name_emoji": "表情符号",
        "name_faces": "笑脸",
        "name_letters": "字母",
        "name_notes": "便条",
        "name_numbers": "数字",
        "name_scenes": "场景",
        "name_twins": "双生",
        "name_twins-with-attention": "双生，有注意力",
        "name_twins-without-attention": "双生，无注意力",
    },
}
