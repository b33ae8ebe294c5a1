"""Texts of the canvas on the words that an item was made from, and on texts that were made from texts.

A key that ends in `_word` speaks of a word, where the key without it speaks of a cell. One that ends in
`_text` is said while the items in view are texts.
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_hint_beside": "Move over the picture or its words. Click or tap to pin a pixel or a word.",
        "canvas_hint_beside_text": (
            "Move over the characters, above or below, or over the matrix. Click or tap to pin one."
        ),
        "canvas_hint_beside_places": "Move over the boxes or the words. Click or tap to pin one.",
        "canvas_elsewhere": (
            "This layer does not look at words. Click the word, or choose {layers}, to see who looks at it."
        ),
        "canvas_who_word": "The word “{name}”",
        "canvas_who_pin_word": "Pin {number} (the word “{name}”)",
        "canvas_pin_word": "Pin {number}: the word “{name}”",
        "canvas_pin_active_word": "pin {number} at “{name}”",
        "canvas_stage_text": "What was read and written, with its attention",
        "canvas_picture_text": (
            "What was read, what was written, and all weights between them. Move over a character to see "
            "where the network looked; arrows move, Enter pins, K goes to the other text."
        ),
        "canvas_drawn_text": "What the [[generator]] read and wrote, where it looked",
        "canvas_bare_text": "Bare texts",
        "canvas_bare_hint_text": "Hold it, or the key B, to see the texts without their map",
        "canvas_credit_text": "Written by the network. Learnt from: {credit}",
        "canvas_who_named_text": "“{content}” (character {name} of the output)",
        "canvas_who_pin_named_text": "Pin {number} (“{content}”, character {name} of the output)",
        "canvas_pin_named_text": "Pin {number}: character {name} of the output",
        "canvas_who_word_text": "“{name}” (character {place} of the input)",
        "canvas_who_pin_word_text": "Pin {number} (“{name}”, character {place} of the input)",
        "canvas_pin_word_text": "Pin {number}: “{name}” of the input",
        "canvas_looks_named_text": (
            "{who} looks most at “{name}” (character {place} of the input): {share} of its attention, "
            "{times} times the even share."
        ),
        "edit_change_text": "Characters that changed: {count}.",
        "edit_hint_text": "Forbid characters, mute a head or close a gate: it is written anew at once.",
        "edit_change_none_text": "Changes no character.",
        "edit_pin_first_text": "Click the written character whose look you want to change, or choose all.",
        "edit_tool_text": "On the characters",
        "edit_whom_pin_text": "pinned character",
        "canvas_seen_named_text": (
            "{who} is looked at most from “{content}” (character {name} of the output): {share} of what it "
            "gets, {times} times the even share."
        ),
        "canvas_seen_everywhere_named_text": (
            "{who} is looked at nearly alike from everywhere; a little more from “{content}” (character "
            "{name} of the output), {times} times the even share."
        ),
    },
    "zh-CN": {
        "canvas_hint_beside": "在图片或其词语上移动。点击或轻触可固定一个像素或一个词语。",
        "canvas_hint_beside_text": "在上方或下方的字符上移动，或在矩阵上移动。点击或轻触可固定其中一个。",
        "canvas_hint_beside_places": "在方框或词语上移动。点击或轻触可固定其中一个。",
        "canvas_elsewhere": "这一层不看词语。要知道谁在看这个词语，请点击它，或选择：{layers}。",
        "canvas_who_word": "词语“{name}”",
        "canvas_who_pin_word": "固定点 {number}（词语“{name}”）",
        "canvas_pin_word": "固定点 {number}：词语“{name}”",
        "canvas_pin_active_word": "固定点 {number}：“{name}”",
        "canvas_stage_text": "读入和写出的文字及其注意力",
        "canvas_picture_text": (
            "读入的文字、写出的文字，以及两者之间的全部权重。移到字符上可看到网络看向哪里；"
            "方向键移动，回车键固定，K 键转到另一段文字。"
        ),
        "canvas_drawn_text": "[[generator|生成器]]读入和写出的文字，以及它看向哪里",
        "canvas_bare_text": "只看文字",
        "canvas_bare_hint_text": "按住它或 B 键，可看到没有注意力图的文字",
        "canvas_credit_text": "由网络写出。学习的素材：{credit}",
        "canvas_who_named_text": "输出中的“{content}”（第 {name} 个字符）",
        "canvas_who_pin_named_text": "固定点 {number}（输出中的“{content}”，第 {name} 个字符）",
        "canvas_pin_named_text": "固定点 {number}：输出的第 {name} 个字符",
        "canvas_who_word_text": "输入中的“{name}”（第 {place} 个字符）",
        "canvas_who_pin_word_text": "固定点 {number}（输入中的“{name}”，第 {place} 个字符）",
        "canvas_pin_word_text": "固定点 {number}：输入中的“{name}”",
        "canvas_looks_named_text": (
            "{who}最多看向输入中的“{name}”（第 {place} 个字符）：占其注意力的 {share}，"
            "是均匀时的 {times} 倍。"
        ),
        "edit_change_text": "改变了 {count} 个字符。",
        "edit_hint_text": "禁止某些字符、静音某个头或关闭门控：立即重新写出。",
        "edit_change_none_text": "没有任何字符改变。",
        "edit_pin_first_text": "请点击要改变其视线的输出字符，或在下面选择全部。",
        "edit_tool_text": "在字符上",
        "edit_whom_pin_text": "固定的字符",
        "canvas_seen_named_text": (
            "{who}最多被输出中的“{content}”（第 {name} 个字符）看着：占其所得的 {share}，"
            "是均匀时的 {times} 倍。"
        ),
        "canvas_seen_everywhere_named_text": (
            "{who}几乎均匀地被各处看着；输出中的“{content}”（第 {name} 个字符）稍多，是均匀时的 {times} 倍。"
        ),
    },
}
