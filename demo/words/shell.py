"""Texts of the header; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "shell_about": (
            "A [[generator]] draws, a [[discriminator]] judges. Watch both learn, see where they look."
        ),
        "shell_doors": "Doors",
        "shell_learn": "Learn",
        "shell_train": "Train",
        "shell_explore": "Explore",
        "shell_chip_waiting": "Number {position} in line: {left}",
        "shell_chip_starting": "Training starts",
        "shell_chip_running": "Training: {left} left",
        "shell_chip_saving": "Measuring and saving",
        "shell_chip_stopping": "Stopping and saving",
    },
    "zh-CN": {
        "shell_about": (
            "[[generator|生成器]]从噪声作画，[[discriminator|判别器]]评判。看它们怎样学习，又看向哪里。"
        ),
        "shell_doors": "入口",
        "shell_learn": "学习",
        "shell_train": "训练",
        "shell_explore": "探索",
        "shell_chip_waiting": "排队第 {position} 位：约 {left}",
        "shell_chip_starting": "训练正在启动",
        "shell_chip_running": "训练中：还剩 {left}",
        "shell_chip_saving": "正在评测和保存",
        "shell_chip_stopping": "正在停止和保存",
    },
}
