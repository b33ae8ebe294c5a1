"""What attention layers are called, in the canvas and beside a training."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "layer_size": "{size} px",
        "layer_size_places": "{size}",
        "layer_words": "words {number}",
        "layer_round": "round {number}",
        "layer_tokens": "tokens",
        "layer_columns": "columns",
    },
    "zh-CN": {
        "layer_size": "{size} 像素",
        "layer_size_places": "{size}",
        "layer_words": "词语 {number}",
        "layer_round": "第 {number} 轮",
        "layer_tokens": "词元",
        "layer_columns": "列",
    },
}
