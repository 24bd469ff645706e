import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCertificates } from './servers.ts';

/** An authority of our own and a certificate of 127.0.0.1 that it signed, by openssl, in a folder. */
export function makeCertificates(folder: string): TestCertificates {
  const at = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore' });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '2',
    '-subj',
    '/CN=our own',
  );
  openssl('req', ...fresh, '-keyout', at('own.key'), '-out', at('own.csr'), '-subj', '/CN=127.0.0.1');
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  openssl('x509', '-req', '-in', at('own.csr'), ...signed, '-days', '2', '-out', at('own.pem'));
  return { ca: at('ca.pem'), cert: at('own.pem'), key: at('own.key') };
}
