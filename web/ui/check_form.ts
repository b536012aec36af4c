import { mountIn } from "./mount";

const WAIT_MS = 350;

/**
 * Checks a form with the server while it is filled in.
 *
 * `<form data-mount="check-form" data-check-url="…" data-check-failed="text">`. After a pause in typing the whole form is
 * posted there; the answer is a fragment of HTML. Each element of the fragment that has an id gives its content to the
 * element of the page with the same id: so a `role="status"` line stays the same element and is read out when it changes.
 * An answer that is overtaken by a newer one is dropped. What was typed is never touched.
 */
export function mount(root: HTMLElement): void {
  if (!(root instanceof HTMLFormElement)) throw new Error("check-form stands on a form");
  const form = root;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const check = async (): Promise<void> => {
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const answer = await fetch(form.dataset.checkUrl ?? form.action, {
        method: "POST",
        body: typedValues(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
        signal: mine.signal,
      });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const html = await answer.text();
      if (!mine.signal.aborted) swapById(html);
      form.dispatchEvent(new CustomEvent("checked", { bubbles: true }));
    } catch (error) {
      if (mine.signal.aborted) return;
      const line = document.getElementById(form.dataset.checkStatus ?? "");
      if (line && form.dataset.checkFailed) line.textContent = form.dataset.checkFailed;
      console.warn("The form could not be checked", error);
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), WAIT_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("area-change", soon);
}

/** The form's values without its files: a check never sends a file. */
function typedValues(form: HTMLFormElement): FormData {
  const values = new FormData(form);
  for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
  return values;
}

/** Give the content of each element with an id in `html` to the page's element of that id. */
export function swapById(html: string): void {
  const fragment = new DOMParser().parseFromString(html, "text/html").body;
  for (const fresh of [...fragment.children].filter((part) => part.id)) {
    const old = document.getElementById(fresh.id);
    if (!old || old.innerHTML === fresh.innerHTML) continue;
    for (const name of ["data-tone", "aria-invalid"]) {
      const value = fresh.getAttribute(name);
      if (value === null) old.removeAttribute(name);
      else old.setAttribute(name, value);
    }
    old.replaceChildren(...fresh.childNodes);
    mountIn(old);
  }
}
