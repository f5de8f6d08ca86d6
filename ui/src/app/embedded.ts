/** What the server wrote into index.html when it served the page (README.md lists the placeholders). */
function embedded(name: string): string {
  const content = document.querySelector(`meta[name="narthex:${name}"]`)?.getAttribute('content') ?? '';
  return content.endsWith('_PLACEHOLDER') ? '' : content;
}

export const agentMode: boolean = embedded('agent-mode') === 'true';
export const consolesLink: string = embedded('consoles-link');
export const lookbackDelta: string = embedded('lookback-delta');

export const pageTitle: string = document.title === '' || document.title.endsWith('_PLACEHOLDER') ? 'Narthex' : document.title;
