"""Texts of the canvas's view of the discriminator; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "judge_name": "What the [[discriminator]] thinks",
        "judge_picture": "The judged picture, and where the discriminator looks",
        "judge_made": "The discriminator gives this picture {score}. Real ones get {lowest} to {highest}.",
        "judge_made_alone": (
            "The discriminator gives this picture {score}. Others of this generator get {lowest} to "
            "{highest}."
        ),
        "judge_real": (
            "It gives this real picture {score} and the fake {drawn}; real ones get {lowest} to {highest}."
        ),
        "judge_own": "The discriminator gives your picture {score}. Real ones get {lowest} to {highest}.",
        "judge_own_alone": (
            "The discriminator gives your picture {score}. Those of this generator get {lowest} to {highest}."
        ),
        "judge_made_places": "The discriminator gives this one {score}. Real ones get {lowest} to {highest}.",
        "judge_made_alone_places": (
            "The discriminator gives this one {score}. Others of this generator get {lowest} to {highest}."
        ),
        "judge_real_places": (
            "It gives this real one {score} and the fake {drawn}; real ones get {lowest} to {highest}."
        ),
        "judge_text": "Each is judged with its own text, here “{text}”; for “{other}” this one gets {score}.",
        "judge_blind": "It has no attention of its own, so no map.",
        "judge_past": "This moment was kept without its scores. Move the time to its end to ask for them.",
        "judge_between": "It can be asked about samples, not about what lies between two of them.",
        "judge_then": (
            "It gives this picture {score}. In {share} of all pairs of a fake and a real picture, the real "
            "one gets the higher logit: 50% would be guessing."
        ),
        "judge_then_places": (
            "It gives this one {score}. In {share} of all pairs of a fake and a real one, the real one "
            "gets the higher logit: 50% would be guessing."
        ),
        "judge_silent": "This moment was kept without its logits.",
        "judge_name_hint": (
            "A higher [[logit]] looks more real to it; only how far two logits are apart says something. "
            "Here each is judged beside others of its sort, as in training; in Explore by itself, so that "
            "the numbers there are others."
        ),
        "judge_scores": "Logits on one line, this picture at {score}",
        "judge_low": "fake",
        "judge_high": "real",
        "judge_key": "thin: fake; thick: real",
        "judge_whose": "Whose picture is judged",
        "judge_show_made": "This one",
        "judge_show_real": "A real one",
        "judge_show_own": "Yours …",
    },
    "zh-CN": {
        "judge_name": "[[discriminator|判别器]]怎么看",
        "judge_picture": "被评判的图片，以及判别器看向哪里",
        "judge_made": "判别器给这张图片 {score}；真实图片得到 {lowest} 到 {highest}。",
        "judge_made_alone": "判别器给这张图片 {score}；此生成器的其他图片得到 {lowest} 到 {highest}。",
        "judge_real": (
            "它给这张真实图片 {score}，给画出的那张 {drawn}；真实图片得到 {lowest} 到 {highest}。"
        ),
        "judge_own": "判别器给你的图片 {score}；真实图片得到 {lowest} 到 {highest}。",
        "judge_own_alone": "判别器给你的图片 {score}；此生成器的图片得到 {lowest} 到 {highest}。",
        "judge_made_places": "判别器给这一个 {score}；真的得到 {lowest} 到 {highest}。",
        "judge_made_alone_places": "判别器给这一个 {score}；此生成器的其他输出得到 {lowest} 到 {highest}。",
        "judge_real_places": "它给这个真的 {score}，给生成的那个 {drawn}；真的得到 {lowest} 到 {highest}。",
        "judge_text": "每一个都与它自己的文字一起评判，这里是“{text}”；换成“{other}”，这一个得到 {score}。",
        "judge_blind": "它自己没有注意力，所以这里没有图。",
        "judge_past": "这一时刻没有保存得分。把时间移到末尾，就可以询问。",
        "judge_between": "可以询问样本的得分，不能询问两个样本之间的图片。",
        "judge_then": (
            "它给这张图片 {score}。把假图与真图两两相比，{share} 是真图的 logit 更高：50% 等于瞎猜。"
        ),
        "judge_then_places": (
            "它给这一个 {score}。把假的与真的两两相比，{share} 是真的 logit 更高：50% 等于瞎猜。"
        ),
        "judge_silent": "这一时刻没有保存 logit。",
        "judge_name_hint": (
            "[[logit|logit]] 越高，在它看来越像真的；只有两个 logit 的差距有意义。"
            "这里每张图片与同类放在一起评判，与训练时一样；在“探索”中则单独评判，所以那里的数字不同。"
        ),
        "judge_scores": "logit 排在一条线上，这张图片为 {score}",
        "judge_low": "假",
        "judge_high": "真",
        "judge_key": "细线：假图；粗线：真图",
        "judge_whose": "评判谁的图片",
        "judge_show_made": "这一张",
        "judge_show_real": "一张真的",
        "judge_show_own": "你的……",
    },
}
