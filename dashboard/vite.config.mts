import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Built into `dist/web` (`dist/dashboard` is the compiled room), which the service serves at `/` under `default-src 'self'`: nothing may be inlined, neither small assets as
 * `data:` URLs nor the module preload polyfill. `vite dashboard` proxies the API to a running service.
 */
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What comes from others changes seldom: a file of its own stays in the browser's cache.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'vendor', test: /node_modules/ }] } } },
  },
  server: { proxy: { '/v1': process.env['CORRIERE_URL'] ?? 'http://127.0.0.1:3000', '/docs': process.env['CORRIERE_URL'] ?? 'http://127.0.0.1:3000' } },
});
