/**
 * The help in a polling trigger's panel. n8n's own text mentions "a single mock event", but these triggers
 * show several real records. Pure.
 */
import type { INodeTypeDescription } from 'n8n-workflow';

type TriggerPanel = Exclude<INodeTypeDescription['triggerPanel'], boolean | undefined>;

const TRY_IT =
	'<b>While building your workflow</b>, fetch a test event: up to five recent records come out, and nothing is remembered of it.';

/** The link works in n8n's panel (n8n `TriggerPanel.vue`). */
const EXECUTIONS_HINT =
	'You see these executions in the <a data-key="executions">executions list</a>, not in the editor.';

/** @param platform the vendor's name in texts for users */
export function pollingPanel(platform: string): TriggerPanel {
	const pollHelp = `At your poll times n8n asks ${platform} what has changed, and executes the workflow if there is something. ${EXECUTIONS_HINT}`;
	return {
		executionsHelp: {
			inactive: `${TRY_IT}<br /><br /><b>Once you are happy with it</b>, publish it. ${pollHelp}`,
			active: `${TRY_IT}<br /><br /><b>The workflow is published.</b> ${pollHelp}`,
		},
	};
}
