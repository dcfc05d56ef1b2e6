/**
 * Stories of an organisation's clients: written, looked over for what shows who it is, agreed to by the person, confirmed by
 * somebody else, and left out of everything new the moment the person takes their yes back. Words are sealed under a key
 * of their own, which the worker does not hold: whoever asks for a summary puts their words into it.
 */

import { record, type Subject } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { AUDIENCES, type Audience } from "./domain/impact/plan";
import {
  type ConfirmStory,
  consentNote,
  type LookOver,
  mayTell,
  type RecordStoryConsent,
  type SaveStory,
  STORY_WORDS_VERSION,
  type Story,
  type StoryAnswer,
  type StoryFindings,
  type StoryLine,
  type StoryState,
  storyConsentOf,
  type ToldStory,
} from "./domain/impact/story";
import { checkStory } from "./domain/impact/story-check";
import { type Day, dayOf } from "./domain/period";
import { open, seal } from "./identity-vault";
import { personOfStory, readKnowledge } from "./story-knowledge";

interface StoryRow {
  id: string;
  clientId: string;
  state: StoryState;
  revision: number;
  words: Buffer;
  who: Buffer;
  writtenBy: string;
  writtenByName: string;
  writtenAt: Date;
  checkedByName: string | null;
  checkedAt: Date | null;
}

interface AnswerRow extends StoryAnswer {
  storyId: string;
  answeredRevision: number;
  askedBy: string;
}

const subjectsOf = ({ id, clientId }: Pick<StoryRow, "id" | "clientId">): Subject[] => [
  { kind: "story", id },
  { kind: "client", id: clientId },
];

/** The organisation's stories: drafts first, retired ones last, the latest first. */
export function listStories(ctx: ActorCtx): Promise<StoryLine[]> {
  requireRight(ctx, "story.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rows = await readRows(ctx, null);
    const answers = await readAnswers(ctx, rows);
    const today = dayOf(await now(ctx));
    await record(ctx, "story.list", { subjects: rows.flatMap(subjectsOf) });
    return rows.map((row) => lineOf(ctx, row, answers.get(row.id) ?? [], today));
  });
}

function lineOf(
  { actor }: TxCtx,
  { id, clientId, state, revision, who, writtenBy, writtenByName, writtenAt }: StoryRow,
  answers: readonly AnswerRow[],
  today: Day,
): StoryLine {
  return {
    ...{ id, clientId, state, writtenAt, writtenBy: writtenByName, own: writtenBy === actor.memberId },
    who: open("story.who", { organisationId: actor.organisationId, id }, who),
    consent: storyConsentOf(answers[0] ?? null, revision, today),
  };
}

async function readRows(
  { db, actor: { organisationId } }: TxCtx,
  ids: readonly string[] | null,
): Promise<StoryRow[]> {
  return db<StoryRow[]>`
    select s.id, s.client_id, s.state, s.revision, s.words, s.who, s.written_by, w.name as written_by_name,
           s.written_at, c.name as checked_by_name, s.checked_at
    from casework.story as s
    join casework.member as wm on wm.organisation_id = s.organisation_id and wm.id = s.written_by
    join casework.account as w on w.id = wm.account_id
    left join casework.member as cm on cm.organisation_id = s.organisation_id and cm.id = s.checked_by
    left join casework.account as c on c.id = cm.account_id
    where s.organisation_id = ${organisationId} and (${ids === null} or s.id = any (${[...(ids ?? [])]}::uuid[]))
    order by array_position(array['draft', 'checked', 'retired'], s.state::text), s.written_at desc, s.id`;
}

/** The words of every story of the organisation, to find them where they may not stand. Whoever shows them records it. */
export async function storyTexts(ctx: TxCtx): Promise<string[]> {
  const { organisationId } = ctx.actor;
  const rows = await readRows(ctx, null);
  return rows.map(({ id, words }) => open("story.words", { organisationId, id }, words));
}

/** Answers about stories, the latest first. */
async function readAnswers(
  { db, actor: { organisationId } }: Pick<TxCtx, "db" | "actor">,
  stories: readonly { id: string }[],
): Promise<ReadonlyMap<string, AnswerRow[]>> {
  const rows = await db<AnswerRow[]>`
    select k.story_id, k.audiences, k.answered_on, k.until_on, k.how, k.revision as answered_revision,
           a.name as asked_by
    from casework.story_consent as k
    join casework.member as m on m.organisation_id = k.organisation_id and m.id = k.asked_by
    join casework.account as a on a.id = m.account_id
    where k.organisation_id = ${organisationId} and k.story_id = any (${stories.map(({ id }) => id)}::uuid[])
    order by k.answered_on desc, k.recorded_at desc, k.id desc`;
  const byStory = new Map<string, AnswerRow[]>();
  for (const row of rows) byStory.set(row.storyId, [...(byStory.get(row.storyId) ?? []), row]);
  return byStory;
}

/** One story with what it should be asked about. Throws NotFound when the organisation has none with this id. */
export function getStory(ctx: ActorCtx, id: string): Promise<Story> {
  requireRight(ctx, "story.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const story = await readStory(ctx, id);
    await record(ctx, "story.read", { subjects: subjectsOf(story) });
    return story;
  });
}

async function readStory(ctx: TxCtx, id: string): Promise<Story> {
  const [row] = await readRows(ctx, [id]);
  if (!row) throw new NotFound("This story");
  const answers = (await readAnswers(ctx, [row])).get(id) ?? [];
  const line = lineOf(ctx, row, answers, dayOf(await now(ctx)));
  const words = open("story.words", { organisationId: ctx.actor.organisationId, id }, row.words);
  const { revision, checkedByName: checkedBy, checkedAt } = row;
  const knowledge = await readKnowledge(ctx, row.clientId);
  return {
    ...line,
    ...{ words, revision, checkedBy, checkedAt },
    person: await personOfStory(ctx, row.clientId),
    answers: answers.map(({ storyId: _story, answeredRevision: _revision, ...answer }) => answer),
    findings: { words: checkStory(words, knowledge), who: checkStory(line.who, knowledge) },
  };
}

/** What words should be asked about before they are kept. Throws NotFound for a person who is not the organisation's. */
export function lookOverStory(ctx: ActorCtx, given: LookOver): Promise<StoryFindings> {
  requireRight(ctx, "story.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const knowledge = await readKnowledge(ctx, given.clientId);
    await record(ctx, "story.look-over", { subjects: [{ kind: "client", id: given.clientId }] });
    return { words: checkStory(given.words, knowledge), who: checkStory(given.who, knowledge) };
  });
}

/**
 * Keeps a story, new or changed; a changed one must be confirmed again. Sent again under its id it is there once. Throws
 * NotFound for a person who is not the organisation's, Conflict when somebody else changed it meanwhile.
 */
export function saveStory(ctx: ActorCtx, given: SaveStory): Promise<Story> {
  requireRight(ctx, "story.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, clientId, words, who, from } = given;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    await personOfStory(ctx, clientId);
    const [held] = await readRows(ctx, [id]);
    const row = { organisationId, id };
    const same =
      held !== undefined &&
      held.clientId === clientId &&
      open("story.words", row, held.words) === words &&
      open("story.who", row, held.who) === who;
    if (!same) {
      if (held && held.clientId !== clientId) throw new Conflict("This story is about somebody else.");
      if ((held?.revision ?? 0) !== from) {
        throw new Conflict("Somebody else changed this story meanwhile. Open it again and make your change.");
      }
      if (held?.state === "retired") throw new Conflict("This story is retired. Write a new one.");
      await ctx.db`
        insert into casework.story (organisation_id, id, client_id, revision, words, who, written_by, written_at)
        values (${organisationId}, ${id}, ${clientId}, 1, ${seal("story.words", row, words)},
                ${seal("story.who", row, who)}, ${memberId}, ${await now(ctx)})
        on conflict (organisation_id, id) do update
          set state = 'draft', revision = story.revision + 1, words = excluded.words, who = excluded.who,
              written_by = excluded.written_by, written_at = excluded.written_at, checked_by = null,
              checked_at = null`;
    }
    await record(ctx, "story.save", { subjects: subjectsOf(given) });
    return readStory(ctx, id);
  });
}

/**
 * Writes down what the person said about their story: a yes for some readers until a day, or a no, which holds from this
 * moment on. Sent again under its id it is written once. Throws Invalid for a day to come, NotFound for no such story.
 */
export function recordStoryConsent(ctx: ActorCtx, given: RecordStoryConsent): Promise<Story> {
  requireRight(ctx, "story.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, storyId, audiences, answeredOn, untilOn, how } = given;
    const [held] = await ctx.db<Pick<StoryRow, "id" | "clientId" | "revision">[]>`
      select id, client_id, revision from casework.story
      where organisation_id = ${organisationId} and id = ${storyId}
      for update`;
    if (!held) throw new NotFound("This story");
    if (answeredOn > dayOf(await now(ctx))) {
      const reason = "This day has not come yet. Enter the day on which they answered.";
      throw new Invalid(reason, { answeredOn: reason });
    }
    await ctx.db`
      insert into casework.story_consent
        (organisation_id, id, story_id, audiences, answered_on, until_on, how, words_version, revision, asked_by)
      values (${organisationId}, ${id}, ${storyId}, ${audiences}, ${answeredOn}, ${untilOn}, ${how},
              ${STORY_WORDS_VERSION}, ${held.revision}, ${memberId})
      on conflict do nothing`;
    await record(ctx, audiences.length > 0 ? "story.consent" : "story.withdraw", {
      subjects: subjectsOf(held),
      detail: { audiences },
    });
    return readStory(ctx, storyId);
  });
}

/**
 * Confirms that nobody can be known by a story. Not one's own; and nothing may be left that must come out. Throws Conflict
 * when the words are others than those that were read.
 */
export function confirmStory(ctx: ActorCtx, { id, revision }: ConfirmStory): Promise<Story> {
  requireRight(ctx, "story.check", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const story = await readStory(ctx, id);
    if (story.own) throw new NotAllowed("You wrote this story. Somebody else must read and confirm it.");
    if (story.revision !== revision) {
      throw new Conflict("The words were changed since you read them. Read them again.");
    }
    if (story.state === "retired") throw new Conflict("This story is retired.");
    if ([...story.findings.words, ...story.findings.who].some(({ must }) => must)) {
      const reason = "Something is left that must come out first: it is marked in the story.";
      throw new Invalid(reason, { read: reason });
    }
    await ctx.db`
      update casework.story set state = 'checked', checked_by = ${memberId}, checked_at = ${await now(ctx)}
      where organisation_id = ${organisationId} and id = ${id} and state = 'draft'`;
    await record(ctx, "story.confirm", { subjects: subjectsOf(story), detail: { revision } });
    return readStory(ctx, id);
  });
}

/** Takes a story out of use for good: it is cut from what was made with it. Throws NotFound when there is none with this id. */
export function retireStory(ctx: ActorCtx, id: string): Promise<Story> {
  requireRight(ctx, "story.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db`
      update casework.story set state = 'retired', retired_at = ${await now(ctx)}
      where organisation_id = ${ctx.actor.organisationId} and id = ${id} and state <> 'retired'`;
    const story = await readStory(ctx, id);
    await record(ctx, "story.retire", { subjects: subjectsOf(story) });
    return story;
  });
}

/** A story that may be told somewhere: who it is of, and whom it may be told to. */
export interface OfferedStory {
  id: string;
  who: string;
  audiences: readonly Audience[];
}

/** Stories to choose from for a new summary, newest first. In a transaction that names the organisation. */
export async function storiesToOffer(
  tx: Pick<TxCtx, "db">,
  organisationId: number,
  today: Day,
): Promise<OfferedStory[]> {
  const tellable = await readTellable(tx, organisationId, null, today);
  return tellable.map(({ story: { id, who }, audiences }) => ({ id, who, audiences }));
}

/**
 * Stories for a summary, in the order of the ids; one that may not be told to the audience today is left out. For a
 * transaction that names the organisation, in the web process alone; whoever calls it records the summary.
 */
export async function storiesFor(
  tx: Pick<TxCtx, "db">,
  organisationId: number,
  ids: readonly string[],
  audience: Audience,
  today: Day,
): Promise<ToldStory[]> {
  const tellable = await readTellable(tx, organisationId, ids, today);
  return tellable.filter(({ audiences }) => audiences.includes(audience)).map(({ story }) => story);
}

interface Tellable {
  story: ToldStory;
  /** One at least. */
  audiences: readonly Audience[];
}

/** Stories that may be told to somebody today, all of them or those of some ids, each opened once. */
async function readTellable(
  { db }: Pick<TxCtx, "db">,
  organisationId: number,
  ids: readonly string[] | null,
  today: Day,
): Promise<Tellable[]> {
  const rows = await db<
    (Pick<StoryRow, "id" | "state" | "revision" | "words" | "who"> & Omit<AnswerRow, "storyId" | "askedBy">)[]
  >`
    select s.id, s.state, s.revision, s.words, s.who, k.audiences, k.answered_on, k.until_on, k.how,
           k.revision as answered_revision
    from casework.story as s
    join lateral (
      select * from casework.story_consent as k
      where k.organisation_id = s.organisation_id and k.story_id = s.id
      order by k.answered_on desc, k.recorded_at desc, k.id desc limit 1
    ) as k on true
    where s.organisation_id = ${organisationId} and s.state = 'checked'
      and (${ids === null} or s.id = any (${[...(ids ?? [])]}::uuid[]))
    order by array_position(${[...(ids ?? [])]}::uuid[], s.id), s.written_at desc, s.id`;
  return rows.flatMap((row) => {
    const consent = storyConsentOf(row, row.revision, today);
    const audiences = AUDIENCES.filter((audience) => mayTell(row.state, consent, audience));
    if (audiences.length === 0) return [];
    const { id, words, who, answeredOn } = row;
    const story = {
      id,
      quote: open("story.words", { organisationId, id }, words).split("\n"),
      who: open("story.who", { organisationId, id }, who),
      consentOn: answeredOn,
      consent: consentNote(answeredOn),
    };
    return [{ story, audiences }];
  });
}
