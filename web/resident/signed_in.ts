/** `signed-in`: tells the pages that wait for this sign-in, and closes the window where the browser allows it. */
import { CHANNEL } from "./sign_in_again";

export function mount(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("signed in");
  setTimeout(() => (channel.close(), window.close()), 300);
}
