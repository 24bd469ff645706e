import { describe, expect, it } from 'vitest';

/** A number of a model, not yet averaged or averaged already. */
interface TestedRow {
  readonly name: string;
  readonly title: string;
  readonly better: string;
  readonly convention: string;
  readonly of?: ArrayLike<number>;
  readonly value?: number;
  readonly error?: number;
}

/** What the suite reads of a metric. */
export interface TestedMetric<Subject> {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly string[];
  measure(
    subject: Subject,
    options: { samples?: number; onProgress?: (fraction: number) => void; signal?: AbortSignal },
  ): Promise<readonly TestedRow[]>;
}

export interface TestedSubject {
  lacks(need: never): string | undefined;
  close(): Promise<void>;
}

/** A metric, to hold against the contract of {@link describeMetric}. */
export interface MetricContract<Subject extends TestedSubject> {
  readonly metric: TestedMetric<Subject>;
  /** A model and images that have all it needs, opened anew. */
  subject(): Promise<Subject>;
  /** The same on threads: the numbers must not change. */
  elsewhere(): Promise<Subject>;
  /** Of each of its needs, a subject that has not got that. */
  readonly without: Readonly<Record<string, () => Promise<Subject>>>;
  /** What is known in closed form of a subject: values by the rows' names. */
  readonly truth?: {
    readonly subject: () => Promise<Subject>;
    readonly values: Readonly<Record<string, number>>;
    readonly absolute: number;
  };
  /** Latent samples, where it is by samples. */
  readonly samples?: number;
}

/**
 * The contract of a metric: numbers that are finite, named once and told with their convention; the same whenever and wherever they are
 * measured; nothing measured once it is stopped; a sentence for each thing that it needs and a subject has not; and what is known in
 * closed form.
 */
export function describeMetric<Subject extends TestedSubject>(
  name: string,
  { metric, subject, elsewhere, without, truth, samples }: MetricContract<Subject>,
): void {
  const measured = async (open: () => Promise<Subject>, options: object = {}) => {
    const opened = await open();
    try {
      return await metric.measure(opened, { ...(samples !== undefined && { samples }), ...options });
    } finally {
      await opened.close();
    }
  };
  const meanOf = ({ of, value }: TestedRow) =>
    of ? Array.from(of).reduce((sum, one) => sum + one, 0) / of.length : value!;

  describe(name, () => {
    it('gives finite numbers, each with a name of its own and its convention', async () => {
      const rows = await measured(subject);
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
      expect(metric.title).toMatch(/^[A-Z]/);
      for (const row of rows) {
        expect(row.title, row.name).toMatch(/^[A-Z]/);
        expect(['lower', 'higher', 'neither'], row.name).toContain(row.better);
        expect(row.convention.length, row.name).toBeGreaterThan(8);
        expect([...Array.from(row.of ?? []), meanOf(row)].every(Number.isFinite), row.name).toBe(true);
        expect(row.error ?? 0, row.name).toBeGreaterThanOrEqual(0);
      }
    });

    it('gives the same numbers again, and on threads', async () => {
      const once = await measured(subject);
      expect(await measured(subject)).toEqual(once);
      expect(await measured(elsewhere)).toEqual(once);
    });

    it('tells how far it is, and rejects with the reason when it is stopped', async () => {
      const told: number[] = [];
      await measured(subject, { onProgress: (fraction: number) => told.push(fraction) });
      for (const fraction of told) expect(fraction).toBeGreaterThanOrEqual(0);
      for (const fraction of told) expect(fraction).toBeLessThanOrEqual(1 + 1e-9);
      const reason = new Error('enough');
      const stopped = measured(subject, { signal: AbortSignal.abort(reason) });
      await expect(Promise.race([stopped.then(() => 'measured')])).rejects.toBe(reason);
    });

    it.each(metric.needs.map((need) => [need]))('says in a sentence what lacks without %s', async (need) => {
      expect(Object.keys(without)).toContain(need);
      const opened = await without[need]!();
      expect(opened.lacks(need as never)).toMatch(/^\S.{15,}[^.]$/s);
      await opened.close();
    });

    if (!truth) return;
    it('is what is known in closed form', async () => {
      const rows = await measured(truth.subject);
      for (const [key, value] of Object.entries(truth.values)) {
        const row = rows.find((one) => one.name === key);
        expect(Math.abs(meanOf(row!) - value), `${key}: ${meanOf(row!)} for ${value}`).toBeLessThanOrEqual(
          truth.absolute,
        );
      }
    });
  });
}
