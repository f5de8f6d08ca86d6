import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { usePanels } from './usePanels';

function Probe() {
  const panels = usePanels();
  return (
    <>
      <ol>
        {panels.list.map(({ id, panel }, i) => (
          <li key={id} data-id={id}>
            {panel.expr || 'empty'}
            <button onClick={() => panels.remove(i)}>remove {panel.expr}</button>
            <button onClick={() => panels.duplicate(i, `${panel.expr}2`)}>duplicate {panel.expr}</button>
            <button onClick={() => panels.change(i, { expr: `${panel.expr}!` })}>change {panel.expr}</button>
          </li>
        ))}
      </ol>
      <button onClick={panels.add}>add</button>
    </>
  );
}

const rows = () => screen.getAllByRole('listitem').map((row) => [row.firstChild?.textContent, row.dataset['id']]);

describe('usePanels', () => {
  it('starts with one empty panel', () => {
    renderPage(<Probe />, '/query');
    expect(rows().map(([expr]) => expr)).toEqual(['empty']);
  });

  it('keeps the identity of panels when others come and go', async () => {
    renderPage(<Probe />, '/query?g0.expr=a&g1.expr=b');
    const [, b] = rows();
    await userEvent.click(screen.getByText('duplicate a'));
    expect(rows().map(([expr]) => expr)).toEqual(['a', 'a2', 'b']);
    await userEvent.click(screen.getByText('remove a'));
    expect(rows().map(([expr]) => expr)).toEqual(['a2', 'b']);
    expect(rows()[1]).toEqual(b);
  });

  it('writes every change to the address', async () => {
    renderPage(<Probe />, '/query?g0.expr=a');
    await userEvent.click(screen.getByText('change a'));
    await userEvent.click(screen.getByText('add'));
    const address = screen.getByTestId('address').textContent;
    expect(address).toContain('g0.expr=a%21');
    expect(address).toContain('g1.expr=&');
  });
});
