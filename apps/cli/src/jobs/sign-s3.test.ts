import { expect, it } from 'vitest';
import { authorize, signS3 } from './sign-s3.ts';

const KEYS = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

it("signs the first example of Amazon's documents: a GET of a range", () => {
  const signed = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
  };
  expect(
    authorize({ path: '/test.txt', signed, time: '20130524T000000Z', region: 'us-east-1', ...KEYS }),
  ).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

it('finds objects by the endpoint of the environment, or at Amazon', () => {
  const now = new Date('2026-01-02T03:04:05.678Z');
  const own = signS3('s3://codes/a b/x(1).npy', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000/' }, now);
  expect(own).toEqual({ url: 'http://127.0.0.1:9000/codes/a%20b/x%281%29.npy', headers: {} });
  expect(signS3('s3://codes/x.npy', { AWS_REGION: 'eu-central-1' }, now).url).toBe(
    'https://codes.s3.eu-central-1.amazonaws.com/x.npy',
  );
  const { headers } = signS3(
    's3://codes/x.npy',
    { AWS_ACCESS_KEY_ID: KEYS.id, AWS_SECRET_ACCESS_KEY: KEYS.secret, AWS_SESSION_TOKEN: 'token' },
    now,
  );
  expect(headers).toMatchObject({ 'x-amz-date': '20260102T030405Z', 'x-amz-security-token': 'token' });
  expect(JSON.stringify(headers)).not.toContain(KEYS.secret);
  expect(signS3('https://host/x.npy?signature=abc', {}, now)).toEqual({
    ...{ url: 'https://host/x.npy?signature=abc', headers: {} },
  });
  expect(() => signS3('s3://bucket', {}, now)).toThrow(/s3:\/\/bucket\/key/);
});
