// What a model, or the data that it learnt from, is called in the reader's language.

/**
 * Its own title where the page has no word for its key (demo/words/names.py).
 * @param {{key: string, title: string}} one
 * @param {import("./texts.js").Speak} speak
 */
export const nameModel = ({ key, title }, speak) => (speak.has(`name_${key}`) ? speak(`name_${key}`) : title);
