/** What the server wrote into index.html when it served the page (README.md lists the placeholders). */
function embedded(name: string): string {
  const content = document.querySelector(`meta[name="narthex:${name}"]`)?.getAttribute('content') ?? '';
  return content.endsWith('_PLACEHOLDER') ? '' : content;
}

export const agentMode: boolean = embedded('agent-mode') === 'true';
export const consolesLink: string = embedded('consoles-link');
export const lookbackDelta: string = embedded('lookback-delta');
/** Whether the server was ready when it served the page; then there is no need to ask. */
export const servedReady: boolean = embedded('ready') === 'true';

export const pageTitle: string = document.title === '' || document.title.endsWith('_PLACEHOLDER') ? 'Narthex' : document.title;
