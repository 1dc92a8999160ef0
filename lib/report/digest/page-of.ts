import { plainUpTo } from '../text/plain.ts';
import { clockText, dayText, weekdayText } from './dates.ts';
import type { Digest } from './digest.ts';
import { headlineOf } from './headline.ts';
import type { Page } from './page.ts';
import { partSections } from './part-sections.ts';
import { sightSections } from './sight-sections.ts';
import { weekSections } from './week-sections.ts';
import { moved, riskText } from './words.ts';

/** What a digest says, section by section.
 *
 * @param most how many entries of each list are shown; of what is left out, the number is
 */
export function pageOf(digest: Digest, most: number): Page {
  const { since, until, timeZone, week, organisation, version } = digest;
  const from = dayText(since, timeZone, until);
  const to = `${weekdayText(until, timeZone)} ${dayText(until, timeZone, until)} ${until.slice(0, 4)}, ${clockText(until, timeZone)}`;
  return {
    organisation: plainUpTo(80, organisation),
    period: `${from} to ${to} (${timeZone})`,
    headline: headlineOf(digest),
    figures: figuresOf(digest),
    sections: [...weekSections(digest, most), ...partSections(digest, most), ...sightSections(digest, most)],
    foot: [
      'A finding is accepted, with an owner and an end, by: postern accept FINGERPRINT --owner --until --reason',
      `Every finding is in the attached CSV. Times are in ${timeZone}; weeks are ISO 8601, this is ${week}.`,
      `The risk is a number from 0 to 100 by the formula ${digest.formula}: it compares weeks, and is no probability.`,
      `Postern ${version}`,
    ],
  };
}

function figuresOf({ all, opened, resolved, isFirst, open }: Digest): Page['figures'] {
  const { open: counts, risk, riskBefore } = all;
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const grave = counts.critical + counts.high;
  const accepted = open.filter((finding) => finding.accepted !== undefined).length;
  return [
    {
      label: 'risk of 100',
      value: riskText(risk),
      note: riskBefore === undefined ? 'first time' : `${moved(risk, riskBefore)} on last week`,
      tone: riskBefore !== undefined && Math.round(risk) > Math.round(riskBefore) ? 'high' : 'quiet',
    },
    {
      label: 'open findings',
      value: total.toLocaleString('en-US'),
      note:
        grave === 0
          ? `none critical or high${accepted > 0 ? `, ${String(accepted)} accepted` : ''}`
          : `${String(counts.critical)} critical, ${String(counts.high)} high`,
      tone: counts.critical > 0 ? 'critical' : counts.high > 0 ? 'high' : 'good',
    },
    {
      label: 'doors opened',
      value: isFirst ? '–' : opened.length.toLocaleString('en-US'),
      note: isFirst ? 'first look' : 'this week',
      tone: opened.length > 0 ? 'medium' : 'quiet',
    },
    {
      label: 'doors closed',
      value: resolved.length.toLocaleString('en-US'),
      note: 'this week',
      tone: resolved.length > 0 ? 'good' : 'quiet',
    },
  ];
}
