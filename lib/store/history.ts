import type { HistoryStore, Json, NoteStore, WeekRecord } from './contracts.ts';
import { instant } from './instant.ts';
import { weekRecordShape } from './shapes.ts';

const OWNER = 'history';

/** A note for each week, of one owner: a record is small, is written once, and weeks are in the order of their names. */
export function historyInNotes(notes: NoteStore): HistoryStore {
  return {
    record: async (given) => {
      const record = checked(given);
      // a copy, member by member: what a note holds is JSON
      const value = JSON.parse(JSON.stringify(record)) as Json;
      if (await notes.write(OWNER, record.week, value, { ifVersion: 0 })) return record;
      const kept = await notes.read(OWNER, record.week);
      return kept === undefined ? record : weekRecordShape.parse(kept.value);
    },
    since: async (week) =>
      (await notes.list(OWNER, '', checkedWeek(week))).map(({ value }) => weekRecordShape.parse(value)),
  };
}

function checked({ week, at, formula, parts }: WeekRecord): WeekRecord {
  return { week: checkedWeek(week), at: instant(at), formula, parts };
}

function checkedWeek(week: string): string {
  if (/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/.test(week)) return week;
  throw new RangeError(`${JSON.stringify(week)} is no week: one is like 2026-W09.`);
}
