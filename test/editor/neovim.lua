-- Works on the file of the first buffer as its author would, and writes what was seen to $TCPFLOW_SEEN as JSON.
local seen = {}

-- Goes on when something is there, or gives up.
local function await(what, condition)
  if not vim.wait(10000, condition, 10) then error('still waiting for ' .. what) end
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n' end

local function diagnostics()
  return vim.tbl_map(function(one)
    return { line = one.lnum, column = one.col, code = one.code, message = one.message }
  end, vim.diagnostic.get(0))
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then return window end
  end
end

local function work()
  seen.filetype = vim.bo.filetype
  await('the findings', function() return #vim.diagnostic.get(0) > 0 end)
  seen.findings = diagnostics()

  vim.api.nvim_win_set_cursor(0, { 2, 20 })
  vim.lsp.buf.hover()
  await('the hover', floating)
  local hover = floating()
  seen.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(hover), 0, -1, false), '\n')
  vim.api.nvim_win_close(hover, true)

  -- The first of the offered actions, as the menu would have it chosen.
  vim.ui.select = function(items, _, choose) choose(items[1], 1) end
  local column = vim.api.nvim_buf_get_lines(0, 1, 2, false)[1]:find('ack=') - 1
  vim.api.nvim_win_set_cursor(0, { 2, column })
  local before = text()
  vim.lsp.buf.code_action()
  await('the fix', function() return text() ~= before end)
  seen.mended = text()
  await('no findings', function() return #vim.diagnostic.get(0) == 0 end)

  vim.api.nvim_buf_set_lines(0, 2, 3, false, { '' })
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.bo.omnifunc = 'v:lua.vim.lsp.omnifunc'
  local position = vim.lsp.util.make_position_params(0, 'utf-16')
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', position, 10000)
  for _, answer in pairs(answers) do
    local items = answer.result.items or answer.result
    seen.completion = vim.tbl_map(function(item) return item.label end, items)
    vim.lsp.util.apply_text_edits({ items[1].textEdit }, 0, 'utf-16')
  end
  seen.completed = text()

  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.lsp.buf.rename('browser')
  await('the new name', function() return text():find('browser') end)
  seen.renamed = text()
end

local ok, problem = pcall(work)
if not ok then seen.problem = problem end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.TCPFLOW_SEEN)
vim.cmd('qall!')
