import path from 'node:path';
import { expect, it } from 'vitest';
import { sandboxDoc } from './doc.js';

it('docs/sandbox.md says what the tables say', async () => {
  await expect(sandboxDoc()).toMatchFileSnapshot(path.resolve(__dirname, '../../../docs/sandbox.md'));
});
