import { useLocalStorage } from '@mantine/hooks';

/** Which parts of a page are folded away, remembered across visits. */
export function useFolded(page: string) {
  const [folded, setFolded] = useLocalStorage<string[]>({
    key: `narthex.folded.${page}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return {
    isOpen: (name: string) => !folded.includes(name),
    setOpen: (name: string, opened: boolean) =>
      setFolded((previous) => [...previous.filter((other) => other !== name), ...(opened ? [] : [name])]),
    setAll: (names: readonly string[], opened: boolean) => setFolded(opened ? [] : [...names]),
    anyOpen: (names: readonly string[]) => names.some((name) => !folded.includes(name)),
  };
}
