import { useEffect } from 'react';
import { pageTitle } from './embedded';

/** Names the page in the browser's tab before the title the server chose. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? pageTitle : `${title} | ${pageTitle}`;
  }, [title]);
}
