// Where a person was: kept by this tab over a reload, and by the browser for who comes back.

/** What is kept under a name, "" where there is nothing. @param {string} name */
export function kept(name) {
  try {
    return sessionStorage.getItem("attngan-" + name) ?? localStorage.getItem("attngan-" + name) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    for (const storage of [sessionStorage, localStorage]) storage.setItem("attngan-" + name, value);
  } catch {
    // then the next visit begins anew
  }
}
