export { columnWidth, type TableColumn, tableColumnsSchema, tableLayout } from './table-column.ts';
