import { Button, Table } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Empty } from '../../shell/states.tsx';
import { words } from './copy.ts';

const FIRST_ROWS = 15;
/** It scrolls on a phone, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly isText?: boolean;
}

interface NumberTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly minWidth?: number;
}

/** A table of numbers: the first rows at once, the others when they are asked for. */
export function NumberTable<Row>({ label, rows, keyOf, columns, minWidth = 620 }: NumberTableProps<Row>) {
  const [isWhole, setWhole] = useState(false);
  if (rows.length === 0) return <Empty text={words.empty} />;
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <section className="analytics-scroll" aria-label={words.tableOf(label)} {...REACHABLE}>
        <Table
          verticalSpacing="xs"
          className="analytics-table"
          // Not a width of its own: paper has none to spare.
          style={{ '--analytics-table-width': `${minWidth}px` }}
        >
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ key, head, isText = false }) => (
                <Table.Th key={key} scope="col" data-number={!isText}>
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={keyOf(row)}>
                {columns.map(({ key, cell, isText = false }, place) =>
                  place === 0 ? (
                    <Table.Th key={key} scope="row" fw={500} data-number={!isText}>
                      {cell(row)}
                    </Table.Th>
                  ) : (
                    <Table.Td key={key} data-number={!isText}>
                      {cell(row)}
                    </Table.Td>
                  ),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {shown.length < rows.length && (
        <Button variant="subtle" className="analytics-no-print" onClick={() => setWhole(true)}>
          {words.more(rows.length - shown.length)}
        </Button>
      )}
    </>
  );
}
