import type { types } from '@slack/bolt';
import { isPictured } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Outcome } from '../../chat/platform.ts';
import type { Request } from '../../chat/request.ts';
import type { Parts } from './client.ts';
import { cut } from './escape.ts';
import { limits } from './limits.ts';
import { renderForm, renderNotice } from './modal.ts';
import type { Said } from './parse.ts';
import { type Message, renderCard, withForm } from './render.ts';
import type { Sending } from './send.ts';

/** Ways to acknowledge, once: those that this kind of request leaves open. */
export type Acks = {
  plain(): Promise<void>;
  /** A slash command takes its answer back, for the one who typed it. */
  card?(message: Message): Promise<void>;
  /** A sent form stays open, with these words at its fields. */
  errors?(errors: Record<string, string>): Promise<void>;
};

type Spoken = { said: Said; request: Request; acks: Acks };
type Answered = Extract<Outcome, { kind: 'answer' | 'refused' }>;

export type Answering = (outcome: Outcome, spoken: Spoken) => Promise<void>;

/** Tells the one who spoke what came of it, by the way that his kind of request leaves open. */
export function answering({ client, log }: Parts, sending: Sending): Answering {
  async function open(form: Form, spoken: Spoken): Promise<void> {
    const { said, request } = spoken;
    if (!said.trigger) return log.error({ form: form.name }, 'a form was asked where none can open');
    try {
      await show(said, said.trigger, renderForm(form, request.place.id));
    } catch (err) {
      log.error({ err, form: form.name }, 'a form could not be opened');
      const card = { summary: form.title, elements: form.intro ?? [] };
      await tell({ kind: 'answer', card, form }, spoken);
    }
  }

  function show({ inWindow }: Said, trigger_id: string, view: types.ModalView): Promise<unknown> {
    return inWindow ? client.views.push({ trigger_id, view }) : client.views.open({ trigger_id, view });
  }

  /** To people of other organisations a private message may not get through: a window of their own does. */
  async function openNotice(outcome: Answered, trigger: string, spoken: Spoken): Promise<void> {
    try {
      await show(spoken.said, trigger, renderNotice(outcome.card, spoken.request.place.id));
    } catch (err) {
      log.error({ err }, 'an answer could not be shown in a window');
      await tell(outcome, spoken);
    }
  }

  /** For the one who spoke, outside the acknowledgement: as good as it goes, it is not worth a second try. */
  async function tell(outcome: Answered, { request }: Spoken): Promise<void> {
    const form = outcome.kind === 'answer' ? outcome.form : undefined;
    const { person, place, key } = request;
    try {
      await sending.whisper({ id: key, person: person.id, place: place.id, card: outcome.card, form });
    } catch (err) {
      log.error({ err }, 'an answer could not be told');
    }
  }

  async function answerOther(outcome: Answered, spoken: Spoken): Promise<void> {
    const card = withForm(outcome.card, outcome.kind === 'answer' ? outcome.form : undefined);
    // A picture has to be uploaded first, which Slack's 3 seconds are too short for.
    const pictured = card.elements.some(isPictured);
    if (spoken.acks.card && !pictured) return spoken.acks.card(renderCard(card));
    await spoken.acks.plain();
    const { trigger } = spoken.said;
    if (spoken.request.returns === 'form-first' && trigger) return openNotice(outcome, trigger, spoken);
    await tell(outcome, spoken);
  }

  async function answerSubmit(outcome: Answered, spoken: Spoken): Promise<void> {
    const inputs = spoken.said.inputs ?? [];
    const named = outcome.kind === 'refused' ? inputs.find((id) => id === outcome.field) : undefined;
    const field = named ?? inputs[0];
    if (outcome.kind === 'refused' && field && spoken.acks.errors)
      return spoken.acks.errors({ [field]: cut(outcome.text, limits.formError) });
    await spoken.acks.plain();
    await tell(outcome, spoken);
  }

  return async (outcome, spoken) => {
    if (outcome.kind === 'ask') {
      await spoken.acks.plain();
      return open(outcome.form, spoken);
    }
    if (outcome.kind === 'nothing' || outcome.kind === 'duplicate') return spoken.acks.plain();
    return spoken.request.what.kind === 'submit'
      ? answerSubmit(outcome, spoken)
      : answerOther(outcome, spoken);
  };
}
