import { useSearchParams } from 'react-router';

/** One parameter of the page's address as state; the empty text removes it. */
export function useUrlParam(name: string): [value: string, set: (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = (value: string) => {
    setParams(
      (previous) => {
        const next = new URLSearchParams(previous);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  return [params.get(name) ?? '', set];
}
