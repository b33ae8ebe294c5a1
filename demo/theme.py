"""The look of the page: quiet greys, one teal accent, system fonts in both scripts (nothing is fetched)."""

from pathlib import Path

import gradio as gr

FONTS = (
    "ui-sans-serif",
    "system-ui",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")


def theme() -> gr.themes.Base:
    """The theme, light and dark."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.zinc,
        spacing_size=gr.themes.sizes.spacing_md,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
        font=FONTS,
        font_mono=MONO,
    ).set(
        color_accent="*primary_700",
        body_background_fill="#ffffff",
        body_background_fill_dark="#131316",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#131316",
        background_fill_secondary="*neutral_100",
        background_fill_secondary_dark="#1e1e23",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_100",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        border_color_primary="*neutral_200",
        border_color_primary_dark="#303038",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        block_title_text_color="*body_text_color_subdued",
        block_title_text_size="*text_sm",
        block_title_text_weight="400",
        input_background_fill="*background_fill_primary",
        input_background_fill_dark="#1e1e23",
        input_border_width="1px",
        input_border_color="*neutral_300",
        input_border_color_dark="#3a3a43",
        input_border_color_focus="*color_accent",
        input_border_color_focus_dark="*color_accent",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="*background_fill_primary",
        button_secondary_background_fill_hover="*background_fill_secondary",
        button_secondary_background_fill_dark="#1e1e23",
        button_secondary_background_fill_hover_dark="#2a2a31",
        button_secondary_border_color="*neutral_300",
        button_large_text_size="*text_md",
        button_large_padding="9px 16px",
        button_secondary_border_color_dark="#3a3a43",
    )


def css() -> str:
    """Rules for the page as a whole."""
    return Path(__file__).with_name("page.css").read_text("utf-8")


def js() -> str:
    """A function for the browser to call once the page is there."""
    return Path(__file__).with_name("page.js").read_text("utf-8")
