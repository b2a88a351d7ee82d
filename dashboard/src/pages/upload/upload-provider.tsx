import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { UploadDialog } from './upload-dialog.js';

const Context = createContext<(files?: readonly File[]) => void>(() => undefined);

/** Opens "New invoice", from wherever one is. */
export function useUpload(): () => void {
  const open = useContext(Context);
  return useCallback(() => open(), [open]);
}

/** Keeps the dialog, and opens it for files dropped anywhere on the page. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const [files, setFiles] = useState<readonly File[]>();
  const open = useCallback((dropped: readonly File[] = []) => setFiles(dropped), []);
  const isOpen = files !== undefined;

  useEffect(() => {
    if (isOpen) return;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      open([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [isOpen, open]);

  return (
    <Context value={open}>
      {children}
      {files && <UploadDialog first={files} onClose={() => setFiles(undefined)} />}
    </Context>
  );
}
