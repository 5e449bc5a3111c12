import { Button, TextInput } from '@mantine/core';
import { useAddress } from './scope.tsx';
import { useWords } from './i18n/language.tsx';
import styles from './table.module.css';

/** Looks in a listing for words, which stand in the address as `q`. */
export function Search({
  label,
  hint,
  maxLength = 200,
}: {
  readonly label: string;
  readonly hint: string;
  readonly maxLength?: number;
}) {
  const { t } = useWords();
  const [{ q = '' }, change] = useAddress();
  return (
    <form
      className={styles['search']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const words = new FormData(event.currentTarget).get('q');
        change({ q: typeof words === 'string' && words.trim() !== '' ? words.trim() : undefined });
      }}
    >
      <TextInput
        key={q}
        type="search"
        name="q"
        label={label}
        placeholder={hint}
        defaultValue={q}
        className={styles['words'] ?? ''}
        maxLength={maxLength}
      />
      <Button type="submit" variant="default">
        {t('web.search')}
      </Button>
    </form>
  );
}
