import { createHash, createHmac } from 'node:crypto';
import { LatentkitError } from '@latentkit/core';

/** What the environment says of a store: the variables of AWS's own tools. */
export interface S3Environment {
  readonly [name: string]: string | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * How an object is fetched: `s3://bucket/key` by the endpoint, region and keys of the environment (`AWS_ENDPOINT_URL_S3` or
 * `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), signed; any other address as it is. No keys: as anybody.
 *
 * @throws `E_USAGE` for an address without a bucket and a key.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signS3(
  address: string,
  environment: S3Environment,
  now: Date,
): { url: string; headers: Record<string, string> } {
  if (!address.startsWith('s3://')) return { url: address, headers: {} };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (!bucket || !key) {
    throw new LatentkitError('E_USAGE', `${address}: expected s3://bucket/key`);
  }
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = environment;
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  const endpoint = environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  const path = key.split('/').map(encodeStrictly).join('/');
  // Stores of one's own mostly have no name for each bucket.
  const url = new URL(
    endpoint
      ? `${endpoint.replace(/\/$/, '')}/${encodeStrictly(bucket)}/${path}`
      : `https://${bucket}.s3.${region}.amazonaws.com/${path}`,
  );
  if (!id || !secret) return { url: url.href, headers: {} };
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const signed: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': time,
    ...(session && { 'x-amz-security-token': session }),
  };
  const authorization = authorize({ path: url.pathname, signed, time, region, id, secret });
  const { host: _, ...headers } = signed;
  return { url: url.href, headers: { ...headers, authorization } };
}

interface Request {
  readonly path: string;
  /** By lower-case name. */
  readonly signed: Readonly<Record<string, string>>;
  /** `20130524T000000Z` */
  readonly time: string;
  readonly region: string;
  readonly id: string;
  readonly secret: string;
}

/** The `Authorization` of a GET without a query, signed by version 4. */
export function authorize({ path, signed, time, region, id, secret }: Request): string {
  const names = Object.keys(signed).sort();
  const canonical = [
    ...['GET', path, ''],
    ...names.map((name) => `${name}:${signed[name]}`),
    ...['', names.join(';'), signed['x-amz-content-sha256']],
  ].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const text = [ALGORITHM, time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((above, word) => hmac(above, word), `AWS4${secret}`);
  return `${ALGORITHM} Credential=${id}/${scope},SignedHeaders=${names.join(';')},Signature=${hmac(key, text).toString('hex')}`;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** As the signature wants it: all but letters, digits and -._~ */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
