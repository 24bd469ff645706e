import { expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';

it('leaves nothing that begins or ends a tag, an entity or an attribute', () => {
  expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
  );
});

it('leaves other text as it is', () => {
  expect(escapeHtml('784-512-(2), beta 0.5: z₁ 数')).toBe('784-512-(2), beta 0.5: z₁ 数');
});
