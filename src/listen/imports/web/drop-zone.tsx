import { useRef, useState, type DragEvent } from 'react';
import { useWords } from '../../../platform/web/ui/index.ts';
import styles from './imports.module.css';

/** Takes files that are dropped or chosen. */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <label
      className={styles['drop']}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>{t('imports.drop.title')}</strong> <span>{t('imports.drop.choose')}</span>
      <small>{t('imports.drop.what')}</small>
      <input
        ref={field}
        className="seen-by-readers"
        type="file"
        multiple
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again after it was left out.
          if (field.current !== null) field.current.value = '';
        }}
      />
    </label>
  );
}
