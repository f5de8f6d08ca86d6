/** Path of the address the UI is served below, without the last slash. index.html sets the page's base accordingly. */
export const pathPrefix: string = new URL(document.baseURI, 'http://localhost').pathname.replace(/\/+$/, '');
