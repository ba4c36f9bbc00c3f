// n8n's editor as a person uses it (test ids of n8n 2.41.1).

import type { Locator, Page } from 'playwright-core';
import { CredentialForm } from './credentialForm.mts';
import { NodeCreator } from './nodeCreator.mts';
import { NodePanel } from './nodePanel.mts';
import { arePicturesAsked, takePicture } from './pictures.mts';

/** The editor in one page of the browser. */
export class Editor {
	readonly creator: NodeCreator;

	readonly panel: NodePanel;

	readonly credential: CredentialForm;

	/** @param page logged in, @param url of n8n */
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		this.creator = new NodeCreator(page);
		this.panel = new NodePanel(page);
		this.credential = new CredentialForm(page);
	}

	/** Starts an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** The node on the canvas with this name. */
	node(name: string): Locator {
		return this.page
			.getByTestId('canvas-node')
			.filter({ has: this.page.getByText(name, { exact: true }) });
	}

	/** Runs the workflow from its manual trigger, and waits until these nodes have succeeded. */
	async runWorkflow(...names: string[]): Promise<void> {
		const start = this.page.getByTestId('execute-workflow-button');
		await start.click();
		for (const name of names) {
			await this.node(name).getByTestId('canvas-node-status-success').waitFor();
		}
		// While the workflow runs, the button shows a spinner.
		await start.getByText('Execute workflow').waitFor();
	}

	/** A screenshot for the documentation, if screenshots are requested. @param name of the file, e.g. `node-search` */
	async picture(name: string): Promise<void> {
		if (arePicturesAsked) await takePicture(this.page, name);
	}

	/** The same for a node's panel with its output, which gets more space. */
	async outputPicture(name: string): Promise<void> {
		if (!arePicturesAsked) return;
		await this.panel.widenOutput();
		await takePicture(this.page, name);
	}
}
