import { LatentkitError } from '@latentkit/core';

/** The Hub's own package, with what every call of it takes. */
export interface Hub {
  readonly calls: typeof import('@huggingface/hub');
  readonly access: { readonly hubUrl: string; readonly accessToken?: string };
}

const DEFAULT_URL = 'https://huggingface.co';
const TOKENS = 'https://huggingface.co/settings/tokens';
/** The owner's name and the repository's. */
const REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

/**
 * The Hugging Face Hub, by its own package, which is installed beside Latentkit where it is wanted. `HF_TOKEN` says who asks, and
 * `HF_ENDPOINT` where the Hub is, as for Hugging Face's own programs.
 *
 * @throws `E_NOT_FOUND` where the package is missing; `E_USAGE` for a token that is none.
 */
export async function openHub(): Promise<Hub> {
  const calls = await import('@huggingface/hub').catch((cause) => {
    throw new LatentkitError('E_NOT_FOUND', 'the package @huggingface/hub is not installed', {
      ...{ cause, fix: 'npm install --global @huggingface/hub, where latentkit is installed' },
    });
  });
  const { HF_TOKEN: accessToken, HF_ENDPOINT: hubUrl = DEFAULT_URL } = process.env;
  if (accessToken && !accessToken.startsWith('hf_')) {
    throw new LatentkitError('E_USAGE', "HF_TOKEN is no token of the Hub's: they begin with hf_", {
      fix: `Make one at ${TOKENS}`,
    });
  }
  return { calls, access: { hubUrl: hubUrl.replace(/\/+$/, ''), ...(accessToken && { accessToken }) } };
}

/** @throws `E_USAGE` for what is no `owner/name`. */
export function checkRepository(command: string, repository: string): void {
  if (REPOSITORY.test(repository)) return;
  throw new LatentkitError(
    'E_USAGE',
    `${command}: expected a repository as OWNER/NAME, got '${repository}'`,
    {
      fix: 'OWNER is your name on the Hub, or an organisation of yours',
    },
  );
}

/** What the Hub refused, in words of the reader's. */
export function hubError(error: unknown, repository: string): unknown {
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (error instanceof LatentkitError || (error as Error)?.name === 'AbortError') return error;
  const said = String(message).replace(/\. URL: .*$/s, '');
  if (statusCode === 404) {
    return new LatentkitError(
      'E_NOT_FOUND',
      `the Hub has no repository ${repository} that this token may see`,
      {
        ...{ cause: error, fix: 'Look at its name; a private one wants HF_TOKEN' },
      },
    );
  }
  if (statusCode === 401 || statusCode === 403) {
    return new LatentkitError('E_USAGE', `the Hub refuses ${repository}: ${said}`, {
      ...{ cause: error, fix: `Set HF_TOKEN to a token that may write: ${TOKENS}` },
    });
  }
  return new LatentkitError('E_NETWORK', `${repository}: ${said}`, {
    ...{ cause: error, fix: 'Is the network there? The same command begins anew' },
  });
}
