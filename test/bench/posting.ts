import http from 'node:http';

/** A sample under a number of its own. */
export function sampleWith(xml: string, n: number): Buffer {
  return Buffer.from(xml.replace(/(<DatiGeneraliDocumento>[\s\S]*?<Numero>)[^<]*/, `$1B/${n}`));
}

export function postInvoice(agent: http.Agent, url: string, key: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/v1/invoices`, { agent, method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/xml', 'content-length': body.length } }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 202 ? resolve() : reject(new Error(`intake answered ${response.statusCode}`))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Runs `work` `count` times, `concurrency` at once; gives how many a second. */
export async function pace(count: number, concurrency: number, work: () => Promise<void>): Promise<number> {
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return count / ((performance.now() - start) / 1000);
}
