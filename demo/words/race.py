"""Texts of races, branches and the family of a training; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "race_by": "Which moments stand side by side",
        "race_by_time": "Equal time",
        "race_by_time_hint": "Both after as many seconds of training",
        "race_by_steps": "Equal steps",
        "race_by_steps_hint": "Both after as many steps",
        "race_steps": "steps",
        "race_seconds": "seconds",
        "race_difference": (
            "{measure}, this one minus the other: {time} in equal time, {steps} in equal steps."
        ),
        "race_word_one_seed_tells_nothing": (
            "One seed is an anecdote: another may turn it round. Race at least three."
        ),
        "race_word_one_seed_tells_nothing_steps": "",
        "race_word_not_clearly_different": (
            "With {seeds} seeds the two are not clearly different in equal time: the 95 % interval holds 0."
        ),
        "race_word_not_clearly_different_steps": "In equal steps they are not clearly different.",
        "race_word_better": "With {seeds} seeds this one is better in equal time (95 % interval).",
        "race_word_better_steps": "In equal steps this one is better.",
        "race_word_worse": "With {seeds} seeds this one is worse in equal time (95 % interval).",
        "race_word_worse_steps": "In equal steps this one is worse.",
        "race_unmeasured": "No verdict: too little was measured to compare the two. Race for longer.",
        "race_uncounted": (
            "No verdict: a race counts where both finish, nothing is changed on the way, and both are kept."
        ),
        "race_again": "Race two more seeds",
        "race_failed": "What the race came to could not be fetched.",
        "family_title": "Branches and rivals",
        "family_beside": "Beside it",
        "family_from": "from step {step}",
        "family_branch": "Branch from step {step}",
        "family_branch_hint": "Another training begins at this moment, with the settings as they stand now",
        "family_state_waiting": "waits",
        "family_state_starting": "starts",
        "family_state_running": "runs",
        "family_state_stopping": "stops",
        "family_state_finished": "finished",
        "family_state_stopped": "stopped",
        "family_state_failed": "failed",
        "family_state_interrupted": "interrupted",
    },
    "zh-CN": {
        "race_by": "哪些时刻并排显示",
        "race_by_time": "相同时间",
        "race_by_time_hint": "两者训练了同样多的秒数",
        "race_by_steps": "相同步数",
        "race_by_steps_hint": "两者训练了同样多的步数",
        "race_steps": "步数",
        "race_seconds": "秒数",
        "race_difference": "{measure}，此训练减去另一个：相同时间 {time}，相同步数 {steps}。",
        "race_word_one_seed_tells_nothing": "一个种子只是个例：换一个种子结果可能相反。至少要比三个。",
        "race_word_one_seed_tells_nothing_steps": "",
        "race_word_not_clearly_different": (
            "用 {seeds} 个种子，相同时间下两者没有明显差别：95% 区间包含 0。"
        ),
        "race_word_not_clearly_different_steps": "相同步数下两者没有明显差别。",
        "race_word_better": "用 {seeds} 个种子，相同时间下此训练更好（95% 区间）。",
        "race_word_better_steps": "相同步数下此训练更好。",
        "race_word_worse": "用 {seeds} 个种子，相同时间下此训练更差（95% 区间）。",
        "race_word_worse_steps": "相同步数下此训练更差。",
        "race_unmeasured": "没有结论：测量太少，无法比较两者。请延长比赛时间。",
        "race_uncounted": "没有结论：两者都训练完成、中途没有改动、并且都还保留着，比赛才算数。",
        "race_again": "再比两个种子",
        "race_failed": "无法取得比赛结果。",
        "family_title": "分支与对手",
        "family_beside": "并排显示",
        "family_from": "从第 {step} 步开始",
        "family_branch": "从第 {step} 步分支",
        "family_branch_hint": "另一次训练从此刻开始，使用现在的设置",
        "family_state_waiting": "等待中",
        "family_state_starting": "正在启动",
        "family_state_running": "训练中",
        "family_state_stopping": "正在停止",
        "family_state_finished": "已完成",
        "family_state_stopped": "已停止",
        "family_state_failed": "失败",
        "family_state_interrupted": "被中断",
    },
}
