"""What one sees in a training now, in a sentence (demo/train/js/advice.js); {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "advice_busy": (
            "The machine is busy: this training gets about {share} of it, so its {seconds} teach less. "
            "At the end Train longer can make up for that."
        ),
        "advice_made_up": (
            "The machine was busy: this training got about {share} of it. Train longer is set to {seconds}, "
            "which makes up for that."
        ),
        "advice_changed": "Something has just changed: it takes some seconds until one sees what that does.",
        "advice_first": "First seconds: colours and rough shapes come first.",
        "advice_first_text": "First seconds: lengths and frequent characters come first.",
        "advice_first_rows": "First seconds: the cloud spreads before it finds its places.",
        "advice_first_discriminator": "The discriminator is ahead; that is normal in the first ten seconds.",
        "advice_taught_first": "First seconds: it is told what is right, so both losses are one and fall.",
        "advice_taught": "It is told what is right at every place: no opponent, one loss, and it falls.",
        "advice_swings": (
            "The losses swing: one network outdoes the other in turn. Halve both learning rates, or raise "
            "the gradient penalty."
        ),
        "advice_variety": (
            "Little variety: what it draws differs only {varied} times as much as real ones. Halve the "
            "generator's learning rate, or let the discriminator take more steps."
        ),
        "advice_discriminator": (
            "The discriminator is far ahead, and after ten seconds that teaches little: lower its learning "
            "rate, or raise the gradient penalty."
        ),
        "advice_generator": (
            "The generator is ahead: what it draws is taken for real more often than not. If it looks wrong, "
            "raise the discriminator's learning rate."
        ),
        "advice_shut": "Attention's gate is nearly shut: the pictures hardly use attention.",
        "advice_shut_text": "Attention's gate is nearly shut: the texts hardly use attention.",
        "advice_opens": "Attention's gate has opened: more of what attention finds enters the pictures.",
        "advice_opens_text": "Attention's gate has opened: more of what attention finds enters the texts.",
        "advice_closes": "Attention's gate has moved towards shut: less of what attention finds is used.",
        "advice_balanced": "Balanced: neither network is far ahead, so both learn.",
        "advice_improving": "Balanced, and it still gets better: {measure}, {first} at first, {now} now.",
        "advice_level": (
            "It hardly gets better any more: {measure}, {first} at first, {now} now. Train much longer, or "
            "choose other data."
        ),
    },
    "zh-CN": {
        "advice_busy": (
            "机器正忙：此训练大约只得到 {share}，所以它的 {seconds} 学到的更少。"
            "结束后可以用“继续训练”补回来。"
        ),
        "advice_made_up": (
            "机器当时很忙：此训练大约只得到 {share}。“继续训练”已设为 {seconds}，可以补回来。"
        ),
        "advice_changed": "刚刚有改动：要过几秒才能看出效果。",
        "advice_first": "最初几秒：先出现颜色和大致形状。",
        "advice_first_text": "最初几秒：先学会长度和常见字符。",
        "advice_first_rows": "最初几秒：点云先散开，再找到自己的位置。",
        "advice_first_discriminator": "判别器领先；在最初十秒里这很正常。",
        "advice_taught_first": "最初几秒：直接告诉它正确答案，所以两个损失是同一个，会下降。",
        "advice_taught": "每个位置都告诉它正确答案：没有对手，只有一个损失，而且在下降。",
        "advice_swings": "损失在摆动：两个网络轮流压过对方。请把两个学习率减半，或加大梯度惩罚。",
        "advice_variety": (
            "变化太少：画出的差别只有真实的 {varied} 倍。请把生成器的学习率减半，或让判别器多走几步。"
        ),
        "advice_discriminator": "判别器遥遥领先，十秒之后这样学不到多少：请降低它的学习率，或加大梯度惩罚。",
        "advice_generator": "生成器领先：画出的多半被当成真的。如果看上去不对，请提高判别器的学习率。",
        "advice_shut": "注意力的门控几乎关闭：图片几乎没有用到注意力。",
        "advice_shut_text": "注意力的门控几乎关闭：文字几乎没有用到注意力。",
        "advice_opens": "注意力的门控打开了：注意力找到的内容有更多进入图片。",
        "advice_opens_text": "注意力的门控打开了：注意力找到的内容有更多进入文字。",
        "advice_closes": "注意力的门控正在关小：注意力找到的内容用得更少了。",
        "advice_balanced": "势均力敌：没有一方遥遥领先，所以两个网络都在学习。",
        "advice_improving": "势均力敌，而且仍在变好：{measure}，最初 {first}，现在 {now}。",
        "advice_level": "几乎不再变好：{measure}，最初 {first}，现在 {now}。请训练久得多，或换别的数据。",
    },
}
