"""Texts of the lesson in which a training is made to go wrong (demo/train/js/lesson.js)."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "lesson_try": "Try it: a collapse",
        "lesson_try_hint": "Make a training go wrong, and see what the guard does about it",
        "lesson_start": "Start smileys, or take the training that runs. Let it learn for ten seconds.",
        "lesson_change": (
            "Press the button: the [[discriminator]] learns eight times as fast, without its gradient "
            "penalty. Both changes can be undone."
        ),
        "lesson_look": (
            "Look at the losses: the lines part. After 30 to 40 steps the guard goes back to the last good "
            "step and goes on more gently."
        ),
        "lesson_press": "Cause a collapse",
        "lesson_watch": "Now look at the losses: they part, and within 40 steps the guard steps in.",
        "lesson_noticed": (
            "At step {step} the guard stepped in. {trouble} Back to step {to}, now with: {after}."
        ),
        "lesson_withstood": (
            "It withstood: the guard saw nothing wrong. Undo the changes, or try earlier in a training of "
            "smileys."
        ),
    },
    "zh-CN": {
        "lesson_try": "试一试：崩溃",
        "lesson_try_hint": "让训练出问题，看守护者怎么办",
        "lesson_start": "用笑脸开始训练，或使用正在进行的训练。先让它学习十秒。",
        "lesson_change": (
            "按下按钮：[[discriminator|判别器]]的学习速度变为八倍，并去掉梯度惩罚。两项改动都可撤销。"
        ),
        "lesson_look": "看损失：两条线分开。30 到 40 步后，守护者退回到最后正常的一步，再更温和地继续。",
        "lesson_press": "引发崩溃",
        "lesson_watch": "现在看损失：两条线会分开，40 步之内守护者会介入。",
        "lesson_noticed": "在第 {step} 步，守护者介入了。{trouble}退回第 {to} 步，现在的设置：{after}。",
        "lesson_withstood": "它顶住了：守护者没有发现问题。请撤销改动，或在笑脸训练的更早阶段再试。",
    },
}
