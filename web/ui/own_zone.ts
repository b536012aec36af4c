/** `own-zone`: offers the zone of this device where none was chosen yet. Nothing is kept before the form is sent. */
export function mount(root: HTMLElement): void {
  const field = root.querySelector("select");
  if (!field || field.value !== "") return;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...field.options].some((option) => option.value === own)) field.value = own;
}
