"""Texts of the Learn door's stops."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "learn_stops": "Stops",
        "learn_back": "Back",
        "learn_next": "Next",
        "learn_train": "Train your own",
        "learn_words": "All words of this page",
        "learn_noise_title": "A picture from noise",
        "learn_noise": (
            "The [[generator]] has never seen this picture. It got random numbers, called [[noise]], and "
            "drew it, as it drew all those beside it. Choose another one."
        ),
        "learn_look_title": "Where did it look?",
        "learn_look": (
            "While it drew the framed cell, it looked at other cells: the brighter, the more. That is "
            "[[attention]]. Move over the picture to ask the same of another cell."
        ),
        "learn_heads_title": "Two heads, two questions",
        "learn_heads": (
            "Each [[head]] looks for something of its own. This is the first one alone; the small maps under "
            "Map show the other, and the [[mean]] of both."
        ),
        "learn_seen_title": "The question turned round",
        "learn_seen": (
            "Now the framed cell is looked at: bright cells are those that took something from it. How "
            "bright is the [[weight]] that they gave to it."
        ),
        "learn_time_title": "It had to be learnt",
        "learn_time": (
            "Early in training there is no digit and no plan where to look. Press play below the picture and "
            "watch both come."
        ),
        "learn_off_title": "Does it use what it sees?",
        "learn_off": (
            "Here the attention is [[ablation|switched off]] and the same noise drawn again. What has "
            "changed is what it used attention for. Under Edit you can forbid single cells."
        ),
        "learn_judge_title": "The other half of the game",
        "learn_judge": (
            "The [[discriminator]] learnt to tell [[real]] pictures from fake ones; the generator learnt "
            "to fool it. Beside the picture is the [[logit]] that it gives it. Compare with a real one, or "
            "with one of yours."
        ),
        "learn_yours_title": "Now your own",
        "learn_yours": (
            "Under Train, a network begins from nothing and draws within seconds: on your pictures, too."
        ),
    },
    "zh-CN": {
        "learn_stops": "各站",
        "learn_back": "上一步",
        "learn_next": "下一步",
        "learn_train": "训练自己的网络",
        "learn_words": "本页的所有术语",
        "learn_noise_title": "从噪声到图片",
        "learn_noise": (
            "[[generator|生成器]]从没见过这张图片。它得到一串随机数，也就是[[noise|噪声]]，由此画出了它；"
            "旁边的也都是这样画的。选另一张试试。"
        ),
        "learn_look_title": "它看向了哪里？",
        "learn_look": (
            "画框住的格子时，它看了别的格子：越亮看得越多。这就是[[attention|注意力]]。在图片上移动，问问别"
            "的格子。"
        ),
        "learn_heads_title": "两个头，两个问题",
        "learn_heads": (
            "每个[[head|头]]寻找自己的东西。这里只显示第一个头；“注意力图”下面的小图显示另一个头，"
            "以及[[mean|两者的平均]]。"
        ),
        "learn_seen_title": "反过来问",
        "learn_seen": (
            "现在是谁在看框住的格子：亮的格子从它那里取走了东西。有多亮，取决于它们给它的[[weight|权重]]。"
        ),
        "learn_time_title": "这是学来的",
        "learn_time": "训练初期既没有数字，也不知道该看哪里。按图片下方的播放，看两者一起出现。",
        "learn_off_title": "它真的用上了吗？",
        "learn_off": (
            "这里[[ablation|关闭]]了注意力，用同样的噪声重画。改变的地方，就是它用注意力做的事。"
            "在“编辑”中可以禁止单个格子。"
        ),
        "learn_judge_title": "游戏的另一半",
        "learn_judge": (
            "[[discriminator|判别器]]学会分辨[[real|真图与假图]]，生成器学会骗过它。图片旁边是它给的 [[logit|"
            "logit]]。可与一张真图、或你的图片比较。"
        ),
        "learn_yours_title": "轮到你了",
        "learn_yours": "在“训练”中，网络从零开始，几秒钟内就会画画：也可以用你自己的图片。",
    },
}
